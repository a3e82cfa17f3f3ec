import {
  AddPermissionCommand,
  CreateQueueCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListDeadLetterSourceQueuesCommand,
  ListQueuesCommand,
  ListQueueTagsCommand,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  RemovePermissionCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
  SQSClient,
  TagQueueCommand,
  UntagQueueCommand,
} from '@aws-sdk/client-sqs'
import { CreateAccessKeyCommand, CreateUserCommand, IAMClient, PutUserPolicyCommand } from '@aws-sdk/client-iam'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestSandbox, type TestSandbox } from '../../testing'
import { queueTools } from './testing'

let sandbox: TestSandbox
let sqs: SQSClient
let tools: ReturnType<typeof queueTools>
beforeAll(async () => {
  sandbox = await startTestSandbox()
  sqs = new SQSClient(sandbox.learner)
  tools = queueTools(sqs)
})
afterAll(() => sandbox.remove())

const attributes = async (QueueUrl: string) => (await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }))).Attributes!

describe('a queue', () => {
  it('is made, found by name, and told with all its attributes', async () => {
    const QueueUrl = await tools.make('orders', { VisibilityTimeout: '5' })
    expect(QueueUrl).toBe(`${sandbox.url}/${sandbox.accountId}/orders`)
    expect((await sqs.send(new GetQueueUrlCommand({ QueueName: 'orders' }))).QueueUrl).toBe(QueueUrl)
    expect(await attributes(QueueUrl)).toEqual({
      QueueArn: `arn:aws:sqs:us-east-1:${sandbox.accountId}:orders`,
      ApproximateNumberOfMessages: '0',
      ApproximateNumberOfMessagesNotVisible: '0',
      ApproximateNumberOfMessagesDelayed: '0',
      CreatedTimestamp: expect.stringMatching(/^\d{10}$/),
      LastModifiedTimestamp: expect.stringMatching(/^\d{10}$/),
      VisibilityTimeout: '5',
      MaximumMessageSize: '1048576',
      MessageRetentionPeriod: '345600',
      DelaySeconds: '0',
      ReceiveMessageWaitTimeSeconds: '0',
      SqsManagedSseEnabled: 'true',
    })
  })

  it('is given back when it is made again alike, and refused when it differs', async () => {
    const QueueUrl = await tools.make('twice', { DelaySeconds: '1' })
    expect(await tools.make('twice', { DelaySeconds: '1' })).toBe(QueueUrl)
    expect(await tools.make('twice')).toBe(QueueUrl)
    await expect(tools.make('twice', { DelaySeconds: '2' })).rejects.toMatchObject({ name: 'QueueNameExists', message: expect.stringContaining('DelaySeconds') })
  })

  it.each([
    ['a name that will not do', 'a b', {}, 'InvalidParameterValueException'],
    ['FIFO without its suffix', 'plain', { FifoQueue: 'true' }, 'InvalidAttributeValue'],
    ['the suffix without FIFO', 'x.fifo', {}, 'InvalidAttributeValue'],
    ['an attribute that does not exist', 'plain', { Colour: 'red' }, 'InvalidAttributeName'],
    ['a value out of range', 'plain', { VisibilityTimeout: '43201' }, 'InvalidAttributeValue'],
    ['a policy that is none', 'plain', { Policy: '{"Statement":[{}]}' }, 'InvalidAttributeValue'],
    ['a dead letter queue that is not there', 'plain', { RedrivePolicy: '{"deadLetterTargetArn":"arn:aws:sqs:us-east-1:111111111111:none","maxReceiveCount":1}' }, 'InvalidAttributeValue'],
    ['a redrive policy without a count', 'plain', { RedrivePolicy: '{"deadLetterTargetArn":"arn:aws:sqs:us-east-1:111111111111:none"}' }, 'InvalidAttributeValue'],
  ])('is not made with %s', async (_what, name, given, error) => {
    await expect(tools.make(name, given as Record<string, string>)).rejects.toMatchObject({ name: expect.stringMatching(error.replace('Exception', '')) })
  })

  it('is changed, and loses a document that is set empty', async () => {
    const dead = await tools.make('dead')
    const QueueUrl = await tools.make('changes')
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: await tools.attribute(dead, 'QueueArn'), maxReceiveCount: 3 })
    await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { RedrivePolicy, VisibilityTimeout: '7' } }))
    expect(await attributes(QueueUrl)).toMatchObject({ RedrivePolicy, VisibilityTimeout: '7' })
    expect((await sqs.send(new ListDeadLetterSourceQueuesCommand({ QueueUrl: dead }))).queueUrls).toEqual([QueueUrl])
    await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { RedrivePolicy: '' } }))
    expect(await attributes(QueueUrl)).not.toHaveProperty('RedrivePolicy')
    expect((await sqs.send(new ListDeadLetterSourceQueuesCommand({ QueueUrl: dead }))).queueUrls).toEqual([])
    await sqs.send(new SetQueueAttributesCommand({ QueueUrl: dead, Attributes: { RedriveAllowPolicy: '{"redrivePermission":"denyAll"}' } }))
    await expect(sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { RedrivePolicy } }))).rejects.toMatchObject({ message: expect.stringContaining('not allowed') })
  })

  it('is not found once it is deleted, by any operation, and begins empty when made anew', async () => {
    const QueueUrl = await tools.make('gone')
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'old' }))
    await sqs.send(new DeleteQueueCommand({ QueueUrl }))
    const missing = { name: 'QueueDoesNotExist', message: 'The specified queue does not exist.', $metadata: { httpStatusCode: 400 } }
    await expect(sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'x' }))).rejects.toMatchObject(missing)
    await expect(sqs.send(new ReceiveMessageCommand({ QueueUrl }))).rejects.toMatchObject(missing)
    await expect(sqs.send(new GetQueueUrlCommand({ QueueName: 'gone' }))).rejects.toMatchObject(missing)
    await expect(sqs.send(new DeleteQueueCommand({ QueueUrl }))).rejects.toMatchObject(missing)
    await tools.make('gone')
    expect(await tools.receive(QueueUrl)).toEqual([])
  })

  it('is emptied at once, no more than once a minute', async () => {
    const QueueUrl = await tools.make('purged')
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'x' }))
    await sqs.send(new PurgeQueueCommand({ QueueUrl }))
    expect(await tools.receive(QueueUrl)).toEqual([])
    await expect(sqs.send(new PurgeQueueCommand({ QueueUrl }))).rejects.toMatchObject({ name: 'PurgeQueueInProgress' })
  })

  it('bears tags', async () => {
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'tagged', tags: { a: '1', b: '2' } }))
    await sqs.send(new TagQueueCommand({ QueueUrl, Tags: { b: '3', c: '4' } }))
    await sqs.send(new UntagQueueCommand({ QueueUrl, TagKeys: ['a'] }))
    expect((await sqs.send(new ListQueueTagsCommand({ QueueUrl }))).Tags).toEqual({ b: '3', c: '4' })
    await expect(sqs.send(new TagQueueCommand({ QueueUrl, Tags: { 'aws:x': '1' } }))).rejects.toThrow('aws:')
  })
})

it('lists queues by prefix and page by page', async () => {
  for (const i of [1, 2, 3]) await tools.make(`page-${i}`)
  const names = (urls: string[] | undefined) => urls!.map((url) => url.split('/').at(-1))
  expect(names((await sqs.send(new ListQueuesCommand({ QueueNamePrefix: 'page-' }))).QueueUrls)).toEqual(['page-1', 'page-2', 'page-3'])
  const first = await sqs.send(new ListQueuesCommand({ QueueNamePrefix: 'page-', MaxResults: 2 }))
  expect(names(first.QueueUrls)).toEqual(['page-1', 'page-2'])
  const second = await sqs.send(new ListQueuesCommand({ QueueNamePrefix: 'page-', MaxResults: 2, NextToken: first.NextToken }))
  expect(names(second.QueueUrls)).toEqual(['page-3'])
  expect(second.NextToken).toBeUndefined()
  await expect(sqs.send(new ListQueuesCommand({ MaxResults: 2, NextToken: '!' }))).rejects.toThrow('next token')
  expect((await new SQSClient({ ...sandbox.learner, region: 'eu-west-1' }).send(new ListQueuesCommand({}))).QueueUrls).toBeUndefined()
})

it.each([
  ['the path alone', (account: string) => `/${account}/forms`],
  ['another host', (account: string) => `http://sqs.us-east-1.localhost.localstack.cloud:4566/${account}/forms`],
  ['the region in the path', (account: string) => `${sandbox.url}/queue/us-east-1/${account}/forms`],
])('takes a queue URL as %s', async (_form, url) => {
  await tools.make('forms')
  // The SDK would call another host, or fail to parse a bare path, were it not told to stay at the endpoint.
  const client = new SQSClient({ ...sandbox.learner, useQueueUrlAsEndpoint: false })
  const { MessageId } = await client.send(new SendMessageCommand({ QueueUrl: url(sandbox.accountId), MessageBody: 'x' }))
  expect(MessageId).toMatch(/^[0-9a-f-]{36}$/)
})

describe('IAM', () => {
  const user = async (name: string, statement?: object) => {
    const iam = new IAMClient(sandbox.learner)
    await iam.send(new CreateUserCommand({ UserName: name }))
    if (statement) await iam.send(new PutUserPolicyCommand({ UserName: name, PolicyName: 'p', PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: statement }) }))
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: name }))
    return new SQSClient(sandbox.as({ accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! }))
  }

  it('decides on the queue and the action; batches need the action of one', async () => {
    const QueueUrl = await tools.make('guarded')
    const sender = await user('sender', { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: await tools.attribute(QueueUrl, 'QueueArn') })
    await sender.send(new SendMessageCommand({ QueueUrl, MessageBody: 'x' }))
    const denied = sender.send(new ReceiveMessageCommand({ QueueUrl }))
    await expect(denied).rejects.toMatchObject({ $metadata: { httpStatusCode: 403 }, message: expect.stringMatching(/not authorized to perform: sqs:ReceiveMessage on resource: arn:aws:sqs:us-east-1:\d+:guarded because no identity-based policy allows/) })
  })

  it('lets the policy of the queue grant and deny', async () => {
    const QueueUrl = await tools.make('granted')
    const QueueArn = await tools.attribute(QueueUrl, 'QueueArn')
    const nobody = await user('nobody')
    await expect(nobody.send(new SendMessageCommand({ QueueUrl, MessageBody: 'x' }))).rejects.toMatchObject({ $metadata: { httpStatusCode: 403 } })
    const allow = { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${sandbox.accountId}:user/nobody` }, Action: 'sqs:*', Resource: QueueArn }
    await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy: JSON.stringify({ Version: '2012-10-17', Statement: [allow] }) } }))
    await nobody.send(new SendMessageCommand({ QueueUrl, MessageBody: 'x' }))
    const deny = { Effect: 'Deny', Principal: '*', Action: 'sqs:SendMessage', Resource: QueueArn }
    await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy: JSON.stringify({ Version: '2012-10-17', Statement: [allow, deny] }) } }))
    await expect(nobody.send(new SendMessageCommand({ QueueUrl, MessageBody: 'x' }))).rejects.toThrow('explicit deny in a resource-based policy')
  })

  it('keeps other accounts out until AddPermission lets them in', async () => {
    const QueueUrl = await tools.make('shared')
    const other = await sandbox.newAccount()
    const guest = new SQSClient(other.config)
    await expect(guest.send(new SendMessageCommand({ QueueUrl, MessageBody: 'x' }))).rejects.toMatchObject({ $metadata: { httpStatusCode: 403 } })
    await sqs.send(new AddPermissionCommand({ QueueUrl, Label: 'guests', AWSAccountIds: [other.accountId], Actions: ['SendMessage', 'GetQueueUrl'] }))
    await guest.send(new SendMessageCommand({ QueueUrl, MessageBody: 'from a guest' }))
    expect((await guest.send(new GetQueueUrlCommand({ QueueName: 'shared', QueueOwnerAWSAccountId: sandbox.accountId }))).QueueUrl).toBe(QueueUrl)
    expect((await tools.receive(QueueUrl))[0]!.Body).toBe('from a guest')
    await expect(sqs.send(new AddPermissionCommand({ QueueUrl, Label: 'guests', AWSAccountIds: [other.accountId], Actions: ['SendMessage'] }))).rejects.toThrow('Already exists')
    await sqs.send(new RemovePermissionCommand({ QueueUrl, Label: 'guests' }))
    await expect(guest.send(new SendMessageCommand({ QueueUrl, MessageBody: 'x' }))).rejects.toMatchObject({ $metadata: { httpStatusCode: 403 } })
  })
})
