import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs'
import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge'
import { AddPermissionCommand, LambdaClient } from '@aws-sdk/client-lambda'
import { CopyObjectCommand, DeleteObjectCommand, GetBucketNotificationConfigurationCommand, PutBucketNotificationConfigurationCommand, PutBucketVersioningCommand, type NotificationConfiguration, type S3Client } from '@aws-sdk/client-s3'
import { CreateTopicCommand, SetTopicAttributesCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns'
import { SetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startTestSandbox, type TestSandbox } from '../../testing'
import { eventually, functionMaker, handlerZip, makeRole } from '../lambda/testing'
import { queueTools } from '../sqs/testing'
import { s3Client, s3Tools } from './testing'

let sandbox: TestSandbox
let s3: S3Client
let sqs: SQSClient
let tools: ReturnType<typeof s3Tools>
let queues: ReturnType<typeof queueTools>
beforeAll(async () => {
  sandbox = await startTestSandbox()
  s3 = s3Client(sandbox.learner)
  sqs = new SQSClient({ ...sandbox.learner, useQueueUrlAsEndpoint: false })
  tools = s3Tools(s3)
  queues = queueTools(sqs)
})
afterAll(() => sandbox.remove())

const configure = (Bucket: string, NotificationConfiguration: NotificationConfiguration) => s3.send(new PutBucketNotificationConfigurationCommand({ Bucket, NotificationConfiguration }))
const letIn = (QueueUrl: string, QueueArn: string, service: string, sourceArn: string) =>
  sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy: JSON.stringify({ Statement: { Effect: 'Allow', Principal: { Service: service }, Action: 'sqs:SendMessage', Resource: QueueArn, Condition: { ArnLike: { 'aws:SourceArn': sourceArn } } } }) } }))
const openQueue = async (name: string, bucket: string) => {
  const url = await queues.make(name)
  const arn = await queues.attribute(url, 'QueueArn')
  await letIn(url, arn, 's3.amazonaws.com', `arn:aws:s3:::${bucket}`)
  return { url, arn }
}
/** The next so many messages, waited for. */
const take = async (url: string, count: number) => {
  const bodies: any[] = []
  while (bodies.length < count) {
    const batch = await queues.receive(url, { MaxNumberOfMessages: 10, WaitTimeSeconds: 5 })
    if (batch.length === 0) break
    bodies.push(...batch.map(({ Body }) => JSON.parse(Body!)))
  }
  return bodies
}

it('tells a queue of what happens to the objects that a filter names', async () => {
  const Bucket = await tools.bucket('told')
  const { url, arn } = await openQueue('told', Bucket)
  await configure(Bucket, { QueueConfigurations: [{ Id: 'images', QueueArn: arn, Events: ['s3:ObjectCreated:*', 's3:ObjectRemoved:*'], Filter: { Key: { FilterRules: [{ Name: 'prefix', Value: 'in/' }, { Name: 'suffix', Value: '.jpg' }] } } }] })
  expect(await take(url, 1)).toMatchObject([{ Service: 'Amazon S3', Event: 's3:TestEvent', Bucket }])
  await tools.put(Bucket, 'in/a b.txt')
  await tools.put(Bucket, 'out/a.jpg')
  const { ETag } = await tools.put(Bucket, 'in/ä b+c.jpg', 'hello')
  const [put] = await take(url, 1)
  expect(put.Records).toMatchObject([
    {
      eventVersion: '2.1',
      eventSource: 'aws:s3',
      awsRegion: 'us-east-1',
      eventName: 'ObjectCreated:Put',
      userIdentity: { principalId: expect.stringMatching(/^AWS:AIDA/) },
      requestParameters: { sourceIPAddress: '127.0.0.1' },
      responseElements: { 'x-amz-request-id': expect.any(String) },
      s3: { s3SchemaVersion: '1.0', configurationId: 'images', bucket: { name: Bucket, arn: `arn:aws:s3:::${Bucket}` }, object: { key: 'in/%C3%A4+b%2Bc.jpg', size: 5, eTag: ETag!.replaceAll('"', ''), sequencer: expect.stringMatching(/^[0-9A-F]{16}$/) } },
    },
  ])
  await s3.send(new CopyObjectCommand({ Bucket, Key: 'in/copy.jpg', CopySource: `${Bucket}/out/a.jpg` }))
  await s3.send(new DeleteObjectCommand({ Bucket, Key: 'in/copy.jpg' }))
  await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }))
  await s3.send(new DeleteObjectCommand({ Bucket, Key: 'in/ä b+c.jpg' }))
  const rest = (await take(url, 3)).map(({ Records }) => Records[0])
  rest.sort((a, b) => a.eventTime.localeCompare(b.eventTime))
  expect(rest.map(({ eventName }) => eventName).sort()).toEqual(['ObjectCreated:Copy', 'ObjectRemoved:Delete', 'ObjectRemoved:DeleteMarkerCreated'])
  expect(rest.find(({ eventName }) => eventName === 'ObjectRemoved:DeleteMarkerCreated').s3.object.versionId).toBeDefined()
})

it('calls a function that lets S3 in', async () => {
  const Bucket = await tools.bucket('calling')
  const lambda = new LambdaClient(sandbox.learner)
  const create = functionMaker(lambda, await makeRole(sandbox.learner, 'caller', ['service-role/AWSLambdaBasicExecutionRole']))
  const { FunctionArn } = await create('called', { zip: handlerZip('async (event) => console.log("GOT " + event.Records[0].s3.object.key)') })
  const config: NotificationConfiguration = { LambdaFunctionConfigurations: [{ LambdaFunctionArn: FunctionArn!, Events: ['s3:ObjectCreated:Put'] }] }
  await expect(configure(Bucket, config)).rejects.toMatchObject({ name: 'InvalidArgument', message: 'Unable to validate the following destination configurations' })
  await lambda.send(new AddPermissionCommand({ FunctionName: 'called', StatementId: 's3', Action: 'lambda:InvokeFunction', Principal: 's3.amazonaws.com', SourceArn: `arn:aws:s3:::${Bucket}`, SourceAccount: sandbox.accountId }))
  await configure(Bucket, config)
  expect((await s3.send(new GetBucketNotificationConfigurationCommand({ Bucket }))).LambdaFunctionConfigurations).toMatchObject([{ ...config.LambdaFunctionConfigurations![0], Id: expect.any(String) }])
  await tools.put(Bucket, 'for/lambda')
  const logs = new CloudWatchLogsClient(sandbox.learner)
  await eventually(async () => {
    const { events } = await logs.send(new FilterLogEventsCommand({ logGroupName: '/aws/lambda/called', filterPattern: '"GOT for/lambda"' })).catch(() => ({ events: [] }))
    return events?.[0]
  })
})

it('tells a topic, and through it a queue', async () => {
  const Bucket = await tools.bucket('fanned')
  const sns = new SNSClient(sandbox.learner)
  const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: 'fan' }))
  const url = await queues.make('fan')
  const Endpoint = await queues.attribute(url, 'QueueArn')
  await letIn(url, Endpoint, 'sns.amazonaws.com', TopicArn!)
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint }))
  const config: NotificationConfiguration = { TopicConfigurations: [{ TopicArn: TopicArn!, Events: ['s3:ObjectCreated:*'] }] }
  await expect(configure(Bucket, config)).rejects.toMatchObject({ name: 'InvalidArgument' })
  const AttributeValue = JSON.stringify({ Statement: { Effect: 'Allow', Principal: { Service: 's3.amazonaws.com' }, Action: 'sns:Publish', Resource: TopicArn, Condition: { StringEquals: { 'aws:SourceAccount': sandbox.accountId } } } })
  await sns.send(new SetTopicAttributesCommand({ TopicArn, AttributeName: 'Policy', AttributeValue }))
  await configure(Bucket, config)
  await tools.put(Bucket, 'k', 'hello')
  const told = await take(url, 2)
  expect(told.map(({ Subject }) => Subject)).toEqual(['Amazon S3 Notification', 'Amazon S3 Notification'])
  expect(told.map(({ Message }) => JSON.parse(Message)).map((message) => message.Event ?? message.Records[0].eventName).sort()).toEqual(['ObjectCreated:Put', 's3:TestEvent'])
})

it('tells EventBridge of everything, where that is on', async () => {
  const Bucket = await tools.bucket('bridged')
  const events = new EventBridgeClient(sandbox.learner)
  const url = await queues.make('bridged')
  const QueueArn = await queues.attribute(url, 'QueueArn')
  const { RuleArn } = await events.send(new PutRuleCommand({ Name: 'r', EventPattern: JSON.stringify({ source: ['aws.s3'], detail: { bucket: { name: [Bucket] } } }) }))
  await letIn(url, QueueArn, 'events.amazonaws.com', RuleArn!)
  await events.send(new PutTargetsCommand({ Rule: 'r', Targets: [{ Id: 't', Arn: QueueArn }] }))
  await configure(Bucket, { EventBridgeConfiguration: {} })
  await tools.put(Bucket, 'a b', 'hello')
  await s3.send(new DeleteObjectCommand({ Bucket, Key: 'a b' }))
  const told = (await take(url, 2)).sort((a, b) => (a['detail-type'] < b['detail-type'] ? -1 : 1))
  expect(told).toMatchObject([
    { source: 'aws.s3', 'detail-type': 'Object Created', account: sandbox.accountId, resources: [`arn:aws:s3:::${Bucket}`], detail: { bucket: { name: Bucket }, object: { key: 'a b', size: 5 }, requester: sandbox.accountId, reason: 'PutObject' } },
    { source: 'aws.s3', 'detail-type': 'Object Deleted', detail: { object: { key: 'a b' }, reason: 'DeleteObject', 'deletion-type': 'Permanently Deleted' } },
  ])
})

it('takes only what can be told', async () => {
  const Bucket = await tools.bucket('checked')
  const { arn } = await openQueue('checked', Bucket)
  const closed = await queues.attribute(await queues.make('closed'), 'QueueArn')
  const queue = (QueueArn: string, more: object = {}) => ({ QueueConfigurations: [{ QueueArn, Events: ['s3:ObjectCreated:*' as const], ...more }] })
  const filter = (...rules: [string, string][]) => ({ Filter: { Key: { FilterRules: rules.map(([Name, Value]) => ({ Name: Name as never, Value })) } } })
  const cases: [RegExp, NotificationConfiguration][] = [
    [/Unable to validate/, queue(closed)],
    [/Unable to validate/, queue(arn.replace(/checked$/, 'nowhere'))],
    [/not well formed/, queue('nonsense')],
    [/region is not valid/, queue(arn.replace('us-east-1', 'eu-west-1'))],
    [/not supported for notifications/, queue(arn, { Events: ['s3:Nothing'] })],
    [/more than one prefix/, queue(arn, filter(['prefix', 'a'], ['Prefix', 'b']))],
    [/either prefix or suffix/, queue(arn, filter(['infix', 'a']))],
    [/ambiguously defined/, { QueueConfigurations: [...queue(arn).QueueConfigurations, ...queue(arn, { ...filter(['prefix', 'a']), Events: ['s3:ObjectCreated:Put'] }).QueueConfigurations] }],
  ]
  for (const [message, config] of cases) await expect(configure(Bucket, config)).rejects.toMatchObject({ name: 'InvalidArgument', message: expect.stringMatching(message) })
  await configure(Bucket, queue(arn, filter(['prefix', 'a'])))
})
