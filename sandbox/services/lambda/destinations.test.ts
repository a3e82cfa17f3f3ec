import { CreateEventBusCommand, EventBridgeClient, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge'
import { InvokeCommand, LambdaClient, PutFunctionEventInvokeConfigCommand } from '@aws-sdk/client-lambda'
import { CreateBucketCommand, GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3'
import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns'
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import { IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startTestSandbox, type TestSandbox } from '../../testing'
import { eventually, functionMaker, handlerZip, makeRole } from './testing'

let sandbox: TestSandbox
let lambda: LambdaClient
let sqs: SQSClient
let create: ReturnType<typeof functionMaker>
let topicArn: string
const zip = handlerZip(`async ({ fails }) => { if (fails) throw new Error('no'); return 'fine' }`)
beforeAll(async () => {
  sandbox = await startTestSandbox({ asyncRetryMs: [0, 0] })
  lambda = new LambdaClient(sandbox.learner)
  sqs = new SQSClient(sandbox.learner)
  const role = await makeRole(sandbox.learner, 'r')
  const Statement = [{ Effect: 'Allow', Action: ['sns:Publish', 'events:PutEvents', 's3:PutObject'], Resource: '*' }]
  await new IAMClient(sandbox.learner).send(new PutRolePolicyCommand({ RoleName: 'r', PolicyName: 'p', PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement }) }))
  create = functionMaker(lambda, role)
  topicArn = (await new SNSClient(sandbox.learner).send(new CreateTopicCommand({ Name: 'told' }))).TopicArn!
})
afterAll(() => sandbox.remove())

/** A queue that lets services in. */
async function openQueue(QueueName: string) {
  const arn = `arn:aws:sqs:us-east-1:${sandbox.accountId}:${QueueName}`
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: 'sqs:SendMessage', Resource: arn }] })
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName, Attributes: { Policy } }))
  const next = () => eventually(async () => (await sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 5, MessageAttributeNames: ['All'] }))).Messages?.[0])
  return { arn, next }
}

const put = (FunctionName: string, DestinationConfig: object) => lambda.send(new PutFunctionEventInvokeConfigCommand({ FunctionName, MaximumRetryAttempts: 0, DestinationConfig }))
const send = (FunctionName: string, payload: object) => lambda.send(new InvokeCommand({ FunctionName, InvocationType: 'Event', Payload: JSON.stringify(payload) }))
const arnOf = (name: string) => `arn:aws:lambda:us-east-1:${sandbox.accountId}:function:${name}:$LATEST`

it('a topic is told of successes, and gets events that failed as a dead letter queue', async () => {
  const queue = await openQueue('subscribed')
  await new SNSClient(sandbox.learner).send(new SubscribeCommand({ TopicArn: topicArn, Protocol: 'sqs', Endpoint: queue.arn, Attributes: { RawMessageDelivery: 'true' } }))
  await create('to-topic', { zip, DeadLetterConfig: { TargetArn: topicArn } })
  await put('to-topic', { OnSuccess: { Destination: topicArn } })
  await send('to-topic', { n: 1 })
  expect(JSON.parse((await queue.next()).Body!)).toMatchObject({ version: '1.0', requestContext: { functionArn: arnOf('to-topic'), condition: 'Success' }, requestPayload: { n: 1 }, responsePayload: 'fine' })
  await send('to-topic', { fails: true })
  const dead = await queue.next()
  expect(JSON.parse(dead.Body!)).toEqual({ fails: true })
  expect(dead.MessageAttributes).toMatchObject({ ErrorCode: { StringValue: '200' }, ErrorMessage: { StringValue: 'no' }, RequestID: { StringValue: expect.any(String) } })
})

it('an event bus gets the results as events', async () => {
  const events = new EventBridgeClient(sandbox.learner)
  const queue = await openQueue('results')
  const { EventBusArn } = await events.send(new CreateEventBusCommand({ Name: 'results' }))
  await events.send(new PutRuleCommand({ Name: 'all', EventBusName: 'results', EventPattern: JSON.stringify({ source: ['lambda'] }) }))
  await events.send(new PutTargetsCommand({ Rule: 'all', EventBusName: 'results', Targets: [{ Id: '1', Arn: queue.arn }] }))
  await create('to-bus', { zip })
  await put('to-bus', { OnSuccess: { Destination: EventBusArn }, OnFailure: { Destination: EventBusArn } })
  for (const [fails, word] of [[false, 'Success'], [true, 'Failure']] as const) {
    await send('to-bus', { fails })
    expect(JSON.parse((await queue.next()).Body!)).toMatchObject({
      'detail-type': `Lambda Function Invocation Result - ${word}`,
      source: 'lambda',
      account: sandbox.accountId,
      resources: [EventBusArn, arnOf('to-bus')],
      detail: { requestPayload: { fails }, requestContext: { condition: fails ? 'RetriesExhausted' : 'Success' } },
    })
  }
})

it('a bucket keeps failures under the function and the day', async () => {
  const s3 = new S3Client({ ...sandbox.learner, forcePathStyle: true })
  await s3.send(new CreateBucketCommand({ Bucket: 'failures' }))
  await create('to-bucket', { zip })
  await put('to-bucket', { OnFailure: { Destination: 'arn:aws:s3:::failures' } })
  await send('to-bucket', { fails: true })
  const { Key } = await eventually(async () => (await s3.send(new ListObjectsV2Command({ Bucket: 'failures' }))).Contents?.[0])
  expect(Key).toMatch(/^aws\/lambda\/async\/to-bucket\/\d{4}\/\d\d\/\d\d\/\d{4}-\d\d-\d\dT\d\d\.\d\d\.\d\d-[0-9a-f-]{36}$/)
  const object = await s3.send(new GetObjectCommand({ Bucket: 'failures', Key }))
  expect(JSON.parse(await object.Body!.transformToString())).toMatchObject({ requestPayload: { fails: true }, responsePayload: { errorMessage: 'no' } })
})

it.each([
  ['topic', () => topicArn, 'Publish'],
  ['event bus', () => `arn:aws:events:us-east-1:${sandbox.accountId}:event-bus/default`, 'PutEvents'],
  ['bucket', () => 'arn:aws:s3:::failures', 'PutObject'],
])('a %s must be open to the role', async (what, arn, call) => {
  const name = `powerless-${what.replace(' ', '-')}`
  await create(name, { Role: await makeRole(sandbox.learner, name) })
  await expect(put(name, { OnFailure: { Destination: arn() } })).rejects.toMatchObject({ name: 'InvalidParameterValueException', message: `The function's execution role does not have permissions to call ${call} on ${arn()}` })
})
