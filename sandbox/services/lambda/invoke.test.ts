import {
  CreateAliasCommand,
  DeleteFunctionCommand,
  DeleteFunctionConcurrencyCommand,
  InvokeCommand,
  LambdaClient,
  PublishVersionCommand,
  PutFunctionConcurrencyCommand,
  UpdateFunctionCodeCommand,
  type InvokeCommandInput,
} from '@aws-sdk/client-lambda'
import { CreateAccessKeyCommand, CreateUserCommand, DeleteRoleCommand, IAMClient, PutUserPolicyCommand } from '@aws-sdk/client-iam'
import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestSandbox, type TestSandbox } from '../../testing'
import { eventually, functionMaker, handlerZip, makeRole, zipOf } from './testing'

let sandbox: TestSandbox
let lambda: LambdaClient
let create: ReturnType<typeof functionMaker>
beforeAll(async () => {
  sandbox = await startTestSandbox({ asyncRetryMs: [50, 50] })
  lambda = new LambdaClient(sandbox.learner)
  create = functionMaker(lambda, await makeRole(sandbox.learner, 'r', ['service-role/AWSLambdaBasicExecutionRole']))
  await create('echo')
})
afterAll(() => sandbox.remove())

const invoke = async (FunctionName: string, more: Partial<InvokeCommandInput> = {}) => {
  const { Payload, LogResult, ...rest } = await lambda.send(new InvokeCommand({ FunctionName, ...more }))
  return { ...rest, text: Payload?.transformToString() ?? '', log: LogResult === undefined ? undefined : Buffer.from(LogResult, 'base64').toString() }
}
const messages = async (name: string, pattern: string) => {
  const { events } = await new CloudWatchLogsClient(sandbox.learner).send(new FilterLogEventsCommand({ logGroupName: `/aws/lambda/${name}`, filterPattern: pattern })).catch(() => ({ events: [] }))
  return events!.map((event) => event.message!)
}

describe('an invocation', () => {
  it('answers with what the handler gives, the version, and the log where asked', async () => {
    expect(await invoke('echo', { Payload: '{"a":[1,"ế"]}' })).toMatchObject({ StatusCode: 200, ExecutedVersion: '$LATEST', text: '{"a":[1,"ế"]}', log: undefined })
    const { log, $metadata } = await invoke('echo', { LogType: 'Tail' })
    expect(log).toMatch(new RegExp(`^START RequestId: ${$metadata.requestId} Version: \\$LATEST\n(.|\n)*END RequestId(.|\n)*REPORT RequestId: .*Billed Duration: .*Memory Size: 128 MB`))
  })

  it('without a payload brings an empty event', async () => {
    expect((await invoke('echo')).text).toBe('{}')
  })

  it('tells an error of the handler in the header and the body', async () => {
    await create('throws', { zip: handlerZip('async () => { throw new RangeError("too far") }') })
    const { FunctionError, StatusCode, text } = await invoke('throws')
    expect({ FunctionError, StatusCode }).toEqual({ FunctionError: 'Unhandled', StatusCode: 200 })
    expect(JSON.parse(text)).toMatchObject({ errorType: 'RangeError', errorMessage: 'too far' })
  })

  it('hands over client context, request id and the ARN that was called', async () => {
    await create('context', { zip: handlerZip('async (event, c) => [c.awsRequestId, c.invokedFunctionArn, c.clientContext]') })
    const ClientContext = Buffer.from('{"custom":{"k":"v"}}').toString('base64')
    const { text, $metadata } = await invoke('context:$LATEST', { ClientContext })
    const [requestId, arn, clientContext] = JSON.parse(text)
    expect(requestId).toBe($metadata.requestId)
    expect(arn).toBe(`arn:aws:lambda:us-east-1:${sandbox.accountId}:function:context:$LATEST`)
    expect(JSON.stringify(clientContext)).toContain('"k":"v"')
    await expect(invoke('context', { ClientContext: Buffer.from(JSON.stringify('x'.repeat(3000))).toString('base64') })).rejects.toMatchObject({ name: 'InvalidRequestContentException' })
    await expect(invoke('context', { ClientContext: 'e30x' })).rejects.toMatchObject({ name: 'InvalidRequestContentException' })
  })

  it('runs Python too', async () => {
    await create('py', { zip: zipOf({ 'app.py': 'def handler(event, context):\n    return {"sum": sum(event["n"]), "name": context.function_name}\n' }), Runtime: 'python3.12', Handler: 'app.handler' })
    expect(JSON.parse((await invoke('py', { Payload: '{"n":[1,2,3]}' })).text)).toEqual({ sum: 6, name: 'py' })
  })

  it('refuses a payload that is no JSON or too large', async () => {
    await expect(invoke('echo', { Payload: '{a}' })).rejects.toMatchObject({ name: 'InvalidRequestContentException', message: expect.stringMatching(/^Could not parse request body into json: /), $metadata: { httpStatusCode: 400 } })
    const large = JSON.stringify('x'.repeat(6_291_456))
    await expect(invoke('echo', { Payload: large })).rejects.toMatchObject({ name: 'RequestTooLargeException', message: '6291458 byte payload is too large for the RequestResponse invocation type (limit 6291456 bytes)', $metadata: { httpStatusCode: 413 } })
    await expect(invoke('echo', { Payload: JSON.stringify('x'.repeat(1_048_576)), InvocationType: 'Event' })).rejects.toMatchObject({ name: 'RequestTooLargeException', message: expect.stringContaining('Event invocation type (limit 1048576 bytes)') })
  })

  it('finds no function, version or alias that is not there', async () => {
    for (const [name, Qualifier] of [['none', undefined], ['echo', '9'], ['echo', 'no']] as const) {
      await expect(invoke(name, { Qualifier })).rejects.toMatchObject({ name: 'ResourceNotFoundException', message: expect.stringMatching(/^Function not found: arn:aws:lambda:/) })
    }
  })

  it('fails where the role is gone', async () => {
    const role = await makeRole(sandbox.learner, 'leaves')
    await functionMaker(lambda, role)('roleless')
    await new IAMClient(sandbox.learner).send(new DeleteRoleCommand({ RoleName: 'leaves' }))
    await expect(invoke('roleless')).rejects.toMatchObject({ name: 'AccessDeniedException', message: 'The role defined for the function cannot be assumed by Lambda.', $metadata: { httpStatusCode: 403 } })
  })

  it('is throttled beyond the concurrency, with the reason', async () => {
    await create('none-at-once')
    await lambda.send(new PutFunctionConcurrencyCommand({ FunctionName: 'none-at-once', ReservedConcurrentExecutions: 0 }))
    await expect(invoke('none-at-once')).rejects.toMatchObject({ name: 'TooManyRequestsException', Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded', message: 'Rate Exceeded.', $metadata: { httpStatusCode: 429 } })
    await create('slow', { zip: handlerZip('() => new Promise((done) => setTimeout(done, 800))') })
    const all = await Promise.allSettled(Array.from({ length: 12 }, () => invoke('slow')))
    const refused = all.filter((result) => result.status === 'rejected').map(({ reason }) => reason)
    expect(refused).toHaveLength(2)
    expect(refused[0]).toMatchObject({ name: 'TooManyRequestsException', Reason: 'ConcurrentInvocationLimitExceeded' })
  })

  it('needs lambda:InvokeFunction on what is named, qualifier and all', async () => {
    const iam = new IAMClient(sandbox.learner)
    await iam.send(new CreateUserCommand({ UserName: 'caller' }))
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: 'caller' }))
    const caller = new LambdaClient(sandbox.as({ accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! }))
    const dryRun = (FunctionName: string) => caller.send(new InvokeCommand({ FunctionName, InvocationType: 'DryRun' }))
    const arn = `arn:aws:lambda:us-east-1:${sandbox.accountId}:function:echo`
    await expect(dryRun('echo')).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: `User: arn:aws:iam::${sandbox.accountId}:user/caller is not authorized to perform: lambda:InvokeFunction on resource: ${arn} because no identity-based policy allows the lambda:InvokeFunction action`,
    })
    const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: arn }] })
    await iam.send(new PutUserPolicyCommand({ UserName: 'caller', PolicyName: 'p', PolicyDocument }))
    expect((await dryRun('echo')).StatusCode).toBe(204)
    await expect(dryRun('echo:$LATEST')).rejects.toMatchObject({ name: 'AccessDeniedException' })
  })
})

describe('an alias', () => {
  it('runs the version it points to, and shares traffic by weight', async () => {
    await create('shared', { zip: handlerZip('async (e, c) => c.functionVersion') })
    await lambda.send(new PublishVersionCommand({ FunctionName: 'shared' }))
    await lambda.send(new UpdateFunctionCodeCommand({ FunctionName: 'shared', ZipFile: handlerZip('async (e, c) => c.functionVersion + "!"') }))
    await lambda.send(new PublishVersionCommand({ FunctionName: 'shared' }))
    await lambda.send(new CreateAliasCommand({ FunctionName: 'shared', Name: 'live', FunctionVersion: '1' }))
    expect(await invoke('shared:live')).toMatchObject({ ExecutedVersion: '1', text: '"1"' })
    await lambda.send(new CreateAliasCommand({ FunctionName: 'shared', Name: 'canary', FunctionVersion: '1', RoutingConfig: { AdditionalVersionWeights: { 2: 0.5 } } }))
    const seen = new Set<string>()
    for (let i = 0; i < 40; i += 1) seen.add((await invoke('shared', { Qualifier: 'canary' })).text)
    expect([...seen].sort()).toEqual(['"1"', '"2!"'])
  })
})

describe('an asynchronous invocation', () => {
  it('is accepted at once and run', async () => {
    await create('later', { zip: handlerZip('async (event) => console.log("ran with", event.n)') })
    expect(await invoke('later', { InvocationType: 'Event', Payload: '{"n":7}' })).toMatchObject({ StatusCode: 202, text: '' })
    const ran = await eventually(async () => (await messages('later', '"ran with"'))[0])
    expect(ran).toContain('ran with 7')
  })

  it('is tried three times in all where it fails, under one request id', async () => {
    await create('fails', { zip: handlerZip('async (e, c) => { console.log("try", c.awsRequestId); throw new Error("no") }') })
    const { $metadata } = await invoke('fails', { InvocationType: 'Event' })
    const tries = await eventually(async () => {
      const found = await messages('fails', `"try ${$metadata.requestId}"`)
      return found.length >= 3 ? found : undefined
    })
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(tries).toHaveLength(3)
    expect(await messages('fails', `"try ${$metadata.requestId}"`)).toHaveLength(3)
  })

  it('waits where it is throttled', async () => {
    await create('throttled', { zip: handlerZip('async () => console.log("at last")') })
    await lambda.send(new PutFunctionConcurrencyCommand({ FunctionName: 'throttled', ReservedConcurrentExecutions: 0 }))
    expect((await invoke('throttled', { InvocationType: 'Event' })).StatusCode).toBe(202)
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect(await messages('throttled', '"at last"')).toEqual([])
    await lambda.send(new DeleteFunctionConcurrencyCommand({ FunctionName: 'throttled' }))
    await eventually(async () => (await messages('throttled', '"at last"'))[0])
  })

  it('is dropped where its function is deleted', async () => {
    await create('deleted', { zip: handlerZip('async () => { throw new Error("no") }') })
    await invoke('deleted', { InvocationType: 'Event' })
    await lambda.send(new DeleteFunctionCommand({ FunctionName: 'deleted' }))
    await expect(invoke('deleted')).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
  })
})

it('says how handlers are contained and which runtimes run here', async () => {
  const { isolation, runtimes } = await sandbox.admin('GET', '/_worklab/status')
  expect(['bwrap', 'none']).toContain(isolation)
  expect(Object.keys(runtimes)).toEqual(expect.arrayContaining(['nodejs20.x', 'nodejs22.x', 'nodejs24.x', 'python3.11', 'python3.12', 'python3.13']))
  expect(runtimes['nodejs22.x']).toMatchObject({ available: true, version: expect.stringMatching(/^\d+\./) })
})
