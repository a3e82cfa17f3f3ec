import {
  CreateAliasCommand,
  DeleteFunctionCommand,
  DeleteFunctionEventInvokeConfigCommand,
  GetFunctionConfigurationCommand,
  GetFunctionEventInvokeConfigCommand,
  InvokeCommand,
  LambdaClient,
  ListFunctionEventInvokeConfigsCommand,
  PublishVersionCommand,
  PutFunctionConcurrencyCommand,
  PutFunctionEventInvokeConfigCommand,
  UpdateFunctionConfigurationCommand,
  UpdateFunctionEventInvokeConfigCommand,
  type PutFunctionEventInvokeConfigRequest,
} from '@aws-sdk/client-lambda'
import { DeleteRolePolicyCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam'
import { SQSClient } from '@aws-sdk/client-sqs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestSandbox, type TestSandbox } from '../../testing'
import { queueTools } from '../sqs/testing'
import { counted, eventually, functionMaker, handlerZip, makeRole } from './testing'

let sandbox: TestSandbox
let lambda: LambdaClient
let tools: ReturnType<typeof queueTools>
let create: ReturnType<typeof functionMaker>
let role: string
let queueUrl: string
let queueArn: string
const FAILS = handlerZip('async (event) => { throw new Error(`no ${event.n}`) }')
beforeAll(async () => {
  sandbox = await startTestSandbox({ asyncRetryMs: [30, 30] })
  lambda = new LambdaClient(sandbox.learner)
  tools = queueTools(new SQSClient(sandbox.learner))
  role = await makeRole(sandbox.learner, 'r', ['service-role/AWSLambdaBasicExecutionRole', 'service-role/AWSLambdaRole', 'AmazonSQSFullAccess'])
  create = functionMaker(lambda, role)
  queueUrl = await tools.make('outcomes')
  queueArn = await tools.attribute(queueUrl, 'QueueArn')
  await create('works', { zip: handlerZip('async (event) => ({ got: event.n })') })
  await create('fails', { zip: FAILS })
})
afterAll(() => sandbox.remove())

const put = (FunctionName: string, more: Partial<PutFunctionEventInvokeConfigRequest>) => lambda.send(new PutFunctionEventInvokeConfigCommand({ FunctionName, ...more }))
const send = async (FunctionName: string, n: number) => (await lambda.send(new InvokeCommand({ FunctionName, InvocationType: 'Event', Payload: JSON.stringify({ n }) }))).$metadata.requestId!
const next = async (QueueUrl = queueUrl) => {
  const [message] = await tools.receive(QueueUrl, { WaitTimeSeconds: 10, MessageAttributeNames: ['All'], VisibilityTimeout: 60 })
  return message!
}

describe('the outcome of an asynchronous invocation', () => {
  it('goes to the queue for successes in the form that AWS documents', async () => {
    await put('works', { DestinationConfig: { OnSuccess: { Destination: queueArn } } })
    const requestId = await send('works', 1)
    expect(JSON.parse((await next()).Body!)).toEqual({
      version: '1.0',
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      requestContext: { requestId, functionArn: `arn:aws:lambda:us-east-1:${sandbox.accountId}:function:works:$LATEST`, condition: 'Success', approximateInvokeCount: 1 },
      requestPayload: { n: 1 },
      responseContext: { statusCode: 200, executedVersion: '$LATEST' },
      responsePayload: { got: 1 },
    })
  })

  it('goes to the queue for failures once the retries are used up', async () => {
    await put('fails', { MaximumRetryAttempts: 1, DestinationConfig: { OnFailure: { Destination: queueArn } } })
    await send('fails', 2)
    expect(JSON.parse((await next()).Body!)).toMatchObject({
      requestContext: { condition: 'RetriesExhausted', approximateInvokeCount: 2 },
      requestPayload: { n: 2 },
      responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
      responsePayload: { errorType: 'Error', errorMessage: 'no 2' },
    })
  })

  it('goes to another function', async () => {
    await create('chain', { zip: handlerZip('async (event) => ({ chained: event.responsePayload.got })') })
    await create('begins', { zip: handlerZip('async (event) => ({ got: event.n })') })
    await put('chain', { DestinationConfig: { OnSuccess: { Destination: queueArn } } })
    await put('begins', { DestinationConfig: { OnSuccess: { Destination: `arn:aws:lambda:us-east-1:${sandbox.accountId}:function:chain` } } })
    await send('begins', 3)
    expect(JSON.parse((await next()).Body!).responsePayload).toEqual({ chained: 3 })
  })

  it('is that of the alias where the alias was called', async () => {
    await create('aliased', { zip: handlerZip('async () => "x"') })
    await lambda.send(new PublishVersionCommand({ FunctionName: 'aliased' }))
    await lambda.send(new CreateAliasCommand({ FunctionName: 'aliased', Name: 'live', FunctionVersion: '1' }))
    await put('aliased', { Qualifier: 'live', DestinationConfig: { OnSuccess: { Destination: queueArn } } })
    await send('aliased', 0)
    await send('aliased:live', 4)
    expect(JSON.parse((await next()).Body!)).toMatchObject({ requestContext: { functionArn: expect.stringMatching(/:aliased:live$/) }, requestPayload: { n: 4 }, responseContext: { executedVersion: '1' } })
  })

  it('goes nowhere once the role may no longer send', async () => {
    const iam = new IAMClient(sandbox.learner)
    const own = await makeRole(sandbox.learner, 'revoked')
    const grant = { RoleName: 'revoked', PolicyName: 'send', PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: queueArn } }) }
    await iam.send(new PutRolePolicyCommand(grant))
    await create('revoked', { zip: handlerZip('async () => "x"'), Role: own })
    await put('revoked', { DestinationConfig: { OnSuccess: { Destination: queueArn } } })
    await iam.send(new DeleteRolePolicyCommand({ RoleName: 'revoked', PolicyName: 'send' }))
    await send('revoked', 1)
    expect(await tools.receive(queueUrl, { WaitTimeSeconds: 1 })).toEqual([])
    expect(await counted(sandbox.learner, 'revoked', 'DestinationDeliveryFailures')).toBe(1)
  })
})

describe('a dead letter queue', () => {
  it('gets the event as it came, with why, after two retries', async () => {
    const dead = await tools.make('dead')
    await create('dies', { zip: FAILS, DeadLetterConfig: { TargetArn: await tools.attribute(dead, 'QueueArn') } })
    const requestId = await send('dies', 5)
    const { Body, MessageAttributes } = await next(dead)
    expect(Body).toBe('{"n":5}')
    expect(MessageAttributes).toMatchObject({ RequestID: { StringValue: requestId }, ErrorCode: { DataType: 'Number', StringValue: '200' }, ErrorMessage: { StringValue: 'no 5' } })
  })

  it('is told with the configuration, changed and taken away', async () => {
    await create('dlq', { DeadLetterConfig: { TargetArn: queueArn } })
    const get = async () => (await lambda.send(new GetFunctionConfigurationCommand({ FunctionName: 'dlq' }))).DeadLetterConfig
    expect(await get()).toEqual({ TargetArn: queueArn })
    await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: 'dlq', Timeout: 5 }))
    expect(await get()).toEqual({ TargetArn: queueArn })
    await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: 'dlq', DeadLetterConfig: { TargetArn: '' } }))
    expect(await get()).toBeUndefined()
  })

  it('must be a queue to which the role may send', async () => {
    const powerless = await makeRole(sandbox.learner, 'powerless')
    await expect(create('x', { Role: powerless, DeadLetterConfig: { TargetArn: queueArn } })).rejects.toMatchObject({ name: 'InvalidParameterValueException', message: 'The provided execution role does not have permissions to call SendMessage on SQS' })
    await expect(create('x', { DeadLetterConfig: { TargetArn: 'arn:aws:sns:us-east-1:111111111111:t' } })).rejects.toThrow('The provided execution role does not have permissions to call Publish on SNS')
    await expect(create('x', { DeadLetterConfig: { TargetArn: `arn:aws:lambda:us-east-1:${sandbox.accountId}:function:x` } })).rejects.toThrow('it must be a queue or a topic')
  })
})

describe('the configuration', () => {
  it('is put, changed in parts, listed and deleted', async () => {
    await create('configured')
    const FunctionArn = `arn:aws:lambda:us-east-1:${sandbox.accountId}:function:configured:$LATEST`
    expect(await put('configured', { MaximumRetryAttempts: 0, MaximumEventAgeInSeconds: 60 })).toMatchObject({ FunctionArn, MaximumRetryAttempts: 0, MaximumEventAgeInSeconds: 60, DestinationConfig: { OnSuccess: {}, OnFailure: {} }, LastModified: expect.any(Date) })
    await lambda.send(new UpdateFunctionEventInvokeConfigCommand({ FunctionName: 'configured', DestinationConfig: { OnFailure: { Destination: queueArn } } }))
    const whole = { FunctionArn, MaximumRetryAttempts: 0, DestinationConfig: { OnFailure: { Destination: queueArn } } }
    expect(await lambda.send(new GetFunctionEventInvokeConfigCommand({ FunctionName: 'configured' }))).toMatchObject(whole)
    expect((await lambda.send(new ListFunctionEventInvokeConfigsCommand({ FunctionName: 'configured' }))).FunctionEventInvokeConfigs).toMatchObject([whole])
    await lambda.send(new DeleteFunctionEventInvokeConfigCommand({ FunctionName: 'configured' }))
    await expect(lambda.send(new GetFunctionEventInvokeConfigCommand({ FunctionName: 'configured' }))).rejects.toMatchObject({ name: 'ResourceNotFoundException', message: `The function ${FunctionArn} doesn't have an EventInvokeConfig` })
  })

  it('goes with its function', async () => {
    await create('brief')
    await put('brief', { MaximumRetryAttempts: 0 })
    await lambda.send(new DeleteFunctionCommand({ FunctionName: 'brief' }))
    await create('brief')
    expect((await lambda.send(new ListFunctionEventInvokeConfigsCommand({ FunctionName: 'brief' }))).FunctionEventInvokeConfigs).toEqual([])
  })

  it.each([
    ['nothing', {}, /at least one/],
    ['a topic that is not there', { OnSuccess: { Destination: 'arn:aws:sns:us-east-1:111111111111:none' } }, /the topic does not exist/],
    ['a topic that keeps order', { OnSuccess: { Destination: 'arn:aws:sns:us-east-1:111111111111:t.fifo' } }, /FIFO topics are not supported/],
    ['an event bus that is not there', { OnSuccess: { Destination: 'arn:aws:events:us-east-1:111111111111:event-bus/none' } }, /the event bus does not exist/],
    ['a bucket for successes', { OnSuccess: { Destination: 'arn:aws:s3:::some-bucket' } }, /for failures only/],
    ['a bucket that is not there', { OnFailure: { Destination: 'arn:aws:s3:::some-bucket' } }, /the bucket does not exist/],
    ['a table', { OnFailure: { Destination: 'arn:aws:dynamodb:us-east-1:111111111111:table/t' } }, /it must be a queue, a topic, an event bus, a bucket or a function/],
    ['a queue that is not there', { OnSuccess: { Destination: 'arn:aws:sqs:us-east-1:111111111111:none' } }, /does not exist/],
    ['a function that is not there', { OnSuccess: { Destination: 'arn:aws:lambda:us-east-1:111111111111:function:none' } }, /does not exist/],
  ])('is refused with %s', async (_what, DestinationConfig, message) => {
    await expect(put('works', Object.keys(DestinationConfig).length > 0 ? { DestinationConfig } : {})).rejects.toMatchObject({ name: 'InvalidParameterValueException', message: expect.stringMatching(message) })
  })

  it('demands that the role may send there', async () => {
    await create('bare', { Role: await makeRole(sandbox.learner, 'bare') })
    await expect(put('bare', { DestinationConfig: { OnSuccess: { Destination: queueArn } } })).rejects.toThrow(`The function's execution role does not have permissions to call SendMessage on ${queueArn}`)
  })
})

it('tries a throttled event again without counting it as a failure', async () => {
  await create('throttled', { zip: handlerZip('async (event) => ({ got: event.n })') })
  await put('throttled', { MaximumRetryAttempts: 0, DestinationConfig: { OnSuccess: { Destination: queueArn } } })
  await lambda.send(new PutFunctionConcurrencyCommand({ FunctionName: 'throttled', ReservedConcurrentExecutions: 0 }))
  await send('throttled', 6)
  await new Promise((resolve) => setTimeout(resolve, 300))
  await lambda.send(new PutFunctionConcurrencyCommand({ FunctionName: 'throttled', ReservedConcurrentExecutions: 1 }))
  const body = await eventually(async () => (await next()).Body)
  expect(JSON.parse(body)).toMatchObject({ requestContext: { condition: 'Success', approximateInvokeCount: 1 }, responsePayload: { got: 6 } })
})
