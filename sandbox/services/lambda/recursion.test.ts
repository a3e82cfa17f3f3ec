import { AddPermissionCommand, CreateEventSourceMappingCommand, GetFunctionRecursionConfigCommand, InvokeCommand, LambdaClient, PutFunctionEventInvokeConfigCommand, PutFunctionRecursionConfigCommand } from '@aws-sdk/client-lambda'
import { CreateBucketCommand, PutBucketNotificationConfigurationCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { CreateTopicCommand, PublishCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns'
import { CreateQueueCommand, GetQueueAttributesCommand, ReceiveMessageCommand, SendMessageCommand, SQSClient, type Message } from '@aws-sdk/client-sqs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startTestSandbox, type TestSandbox } from '../../testing'
import { counted, eventually, functionMaker, handlerZip, makeRole } from './testing'

let sandbox: TestSandbox
let lambda: LambdaClient
let sqs: SQSClient
let create: ReturnType<typeof functionMaker>
beforeAll(async () => {
  sandbox = await startTestSandbox({ asyncRetryMs: [0, 0] })
  lambda = new LambdaClient(sandbox.learner)
  sqs = new SQSClient(sandbox.learner)
  create = functionMaker(lambda, await makeRole(sandbox.learner, 'r', ['AmazonSQSFullAccess', 'AWSLambda_FullAccess', 'AmazonSNSFullAccess', 'AmazonS3FullAccess']))
})
afterAll(() => sandbox.remove())

async function queue(QueueName: string, Attributes: Record<string, string> = {}) {
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName, Attributes }))
  return { url: QueueUrl!, arn: `arn:aws:sqs:us-east-1:${sandbox.accountId}:${QueueName}` }
}

async function firstMessage(url: string): Promise<Message> {
  return eventually(async () => (await sqs.send(new ReceiveMessageCommand({ QueueUrl: url, WaitTimeSeconds: 5, MessageSystemAttributeNames: ['All'], MessageAttributeNames: ['All'] }))).Messages?.[0])
}

const invoke = (FunctionName: string, payload: object, InvocationType: 'Event' | 'RequestResponse' = 'RequestResponse') => lambda.send(new InvokeCommand({ FunctionName, InvocationType, Payload: JSON.stringify(payload) }))
const recursion = async (FunctionName: string) => (await lambda.send(new GetFunctionRecursionConfigCommand({ FunctionName }))).RecursiveLoop

/** Invokes itself with a count one higher, up to a most. */
const ITSELF = handlerZip(`async ({ count, most }, { functionName }) => {
  const { LambdaClient, InvokeCommand } = require('@aws-sdk/client-lambda')
  if (count < most) await new LambdaClient({}).send(new InvokeCommand({ FunctionName: functionName, InvocationType: 'Event', Payload: JSON.stringify({ count: count + 1, most }) }))
  return count
}`)

it('a function that invokes itself is stopped before its 17th run, which goes where failures go', async () => {
  const failed = await queue('failed')
  const ended = await queue('ended')
  await create('itself', { zip: ITSELF, Timeout: 10, MemorySize: 256, DeadLetterConfig: { TargetArn: ended.arn } })
  await lambda.send(new PutFunctionEventInvokeConfigCommand({ FunctionName: 'itself', DestinationConfig: { OnFailure: { Destination: failed.arn } } }))
  await invoke('itself', { count: 1, most: 100 }, 'Event')
  const told = JSON.parse((await firstMessage(failed.url)).Body!)
  expect(told).toMatchObject({ requestPayload: { count: 17 }, requestContext: { condition: 'RetriesExhausted', approximateInvokeCount: 0 } })
  expect(JSON.parse((await firstMessage(ended.url)).Body!)).toMatchObject({ count: 17 })
  expect(await counted(sandbox.learner, 'itself', 'RecursiveInvocationsDropped')).toBe(1)
  expect(await counted(sandbox.learner, 'itself', 'Invocations')).toBe(16)
}, 30_000)

it('a function that may recur does', async () => {
  const done = await queue('done')
  await create('free', { zip: ITSELF, Timeout: 10, MemorySize: 256 })
  expect(await recursion('free')).toBe('Terminate')
  await lambda.send(new PutFunctionRecursionConfigCommand({ FunctionName: 'free', RecursiveLoop: 'Allow' }))
  expect(await recursion('free')).toBe('Allow')
  await lambda.send(new PutFunctionEventInvokeConfigCommand({ FunctionName: 'free', DestinationConfig: { OnSuccess: { Destination: done.arn } } }))
  await invoke('free', { count: 1, most: 20 }, 'Event')
  await eventually(async () => {
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: done.url, MaxNumberOfMessages: 10, WaitTimeSeconds: 5 }))
    return Messages.find(({ Body }) => JSON.parse(Body!).responsePayload === 20)
  })
}, 30_000)

it('messages that a function sends back to its queue end in the dead letter queue', async () => {
  const dead = await queue('dead')
  const loop = await queue('loop', { VisibilityTimeout: '60', RedrivePolicy: JSON.stringify({ deadLetterTargetArn: dead.arn, maxReceiveCount: 100 }) })
  const zip = handlerZip(`async ({ Records }) => {
    const { SQSClient, SendMessageCommand } = require('@aws-sdk/client-sqs')
    for (const { body } of Records) await new SQSClient({}).send(new SendMessageCommand({ QueueUrl: process.env.QUEUE, MessageBody: String(Number(body) + 1) }))
  }`)
  await create('looping', { zip, Timeout: 10, MemorySize: 256, Environment: { Variables: { QUEUE: loop.url } } })
  await lambda.send(new CreateEventSourceMappingCommand({ FunctionName: 'looping', EventSourceArn: loop.arn }))
  await sqs.send(new SendMessageCommand({ QueueUrl: loop.url, MessageBody: '1', MessageAttributes: { kind: { DataType: 'String', StringValue: 'test' } } }))
  const message = await firstMessage(dead.url)
  expect(message).toMatchObject({ Body: '17', Attributes: { DeadLetterQueueSourceArn: loop.arn, AWSTraceHeader: expect.stringMatching(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=0;Lineage=[0-9a-f]{8}:16$/) } })
  await eventually(async () => {
    const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl: loop.url, AttributeNames: ['All'] }))
    return Attributes!.ApproximateNumberOfMessages === '0' && Attributes!.ApproximateNumberOfMessagesNotVisible === '0' ? true : undefined
  })
}, 30_000)

it.each(['topic', 'bucket'])('a function that a %s calls and that writes to it is stopped', async (what) => {
  const ended = await queue(`ended-${what}`)
  const name = `by-${what}`
  const zip = handlerZip(`async (event) => {
    const { SNSClient, PublishCommand } = require('@aws-sdk/client-sns')
    const { S3Client, PutObjectCommand } = require('@aws-sdk/client-s3')
    const { TOPIC, BUCKET } = process.env
    if (TOPIC) await new SNSClient({}).send(new PublishCommand({ TopicArn: TOPIC, Message: String(Number(event.Records[0].Sns.Message) + 1) }))
    else await new S3Client({ forcePathStyle: true }).send(new PutObjectCommand({ Bucket: BUCKET, Key: String(Number(event.Records[0].s3.object.key) + 1) }))
  }`)
  const TopicArn = `arn:aws:sns:us-east-1:${sandbox.accountId}:loop`
  const made = await create(name, { zip, Timeout: 10, MemorySize: 512, DeadLetterConfig: { TargetArn: ended.arn }, Environment: { Variables: what === 'topic' ? { TOPIC: TopicArn } : { BUCKET: 'loop-bucket' } } })
  await lambda.send(new AddPermissionCommand({ FunctionName: name, StatementId: 's', Action: 'lambda:InvokeFunction', Principal: what === 'topic' ? 'sns.amazonaws.com' : 's3.amazonaws.com' }))
  if (what === 'topic') {
    const sns = new SNSClient(sandbox.learner)
    await sns.send(new CreateTopicCommand({ Name: 'loop' }))
    await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'lambda', Endpoint: made.FunctionArn! }))
    await sns.send(new PublishCommand({ TopicArn, Message: '1' }))
  } else {
    const s3 = new S3Client({ ...sandbox.learner, forcePathStyle: true })
    await s3.send(new CreateBucketCommand({ Bucket: 'loop-bucket' }))
    await s3.send(new PutBucketNotificationConfigurationCommand({ Bucket: 'loop-bucket', NotificationConfiguration: { LambdaFunctionConfigurations: [{ LambdaFunctionArn: made.FunctionArn!, Events: ['s3:ObjectCreated:*'] }] } }))
    await s3.send(new PutObjectCommand({ Bucket: 'loop-bucket', Key: '1' }))
  }
  const [record] = JSON.parse((await firstMessage(ended.url)).Body!).Records
  expect(record.Sns?.Message ?? record.s3.object.key).toBe('17')
}, 30_000)

it('a caller who waits is told', async () => {
  await create('told', { zip: handlerZip('async () => process.env._X_AMZN_TRACE_ID') })
  const withTrace = async (trace: string) => {
    const client = new LambdaClient(sandbox.learner)
    client.middlewareStack.add((next) => (args) => next({ ...args, request: Object.assign(args.request as object, { headers: { ...(args.request as { headers: object }).headers, 'X-Amzn-Trace-Id': trace } }) }), { step: 'build' })
    const { Payload } = await client.send(new InvokeCommand({ FunctionName: 'told' }))
    return JSON.parse(Payload!.transformToString()) as string
  }
  const root = `Root=1-67891233-${'a'.repeat(24)}`
  const first = await withTrace(`${root};Parent=${'b'.repeat(16)};Sampled=1;Lineage=00000000:3`)
  expect(first).toMatch(new RegExp(`^${root};Parent=[0-9a-f]{16};Sampled=1;Lineage=00000000:3\\|[0-9a-f]{8}:1$`))
  const hash = /\|([0-9a-f]{8}):1$/.exec(first)![1]
  expect(await withTrace(`${root};Lineage=${hash}:15`)).toMatch(/:16$/)
  await expect(withTrace(`${root};Lineage=${hash}:16`)).rejects.toMatchObject({ name: 'RecursiveInvocationException', $metadata: { httpStatusCode: 400 } })
})
