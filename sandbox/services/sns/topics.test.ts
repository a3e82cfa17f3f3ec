import {
  AddPermissionCommand,
  CreateTopicCommand,
  DeleteTopicCommand,
  GetSubscriptionAttributesCommand,
  GetTopicAttributesCommand,
  ListSubscriptionsByTopicCommand,
  ListSubscriptionsCommand,
  ListTagsForResourceCommand,
  ListTopicsCommand,
  paginateListSubscriptionsByTopic,
  paginateListTopics,
  PublishCommand,
  RemovePermissionCommand,
  SetSubscriptionAttributesCommand,
  SetTopicAttributesCommand,
  SNSClient,
  SubscribeCommand,
  TagResourceCommand,
  UnsubscribeCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-sns'
import { SQSClient } from '@aws-sdk/client-sqs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestSandbox, type TestSandbox } from '../../testing'
import { startTestAccount, type TestAccount } from '../iam/test-account'
import { topicTools } from './testing'

let sandbox: TestSandbox
let sns: SNSClient
let tools: ReturnType<typeof topicTools>
beforeAll(async () => {
  sandbox = await startTestSandbox()
  sns = new SNSClient(sandbox.learner)
  tools = topicTools(sns, new SQSClient(sandbox.learner), () => sandbox.accountId)
})
afterAll(() => sandbox.remove())

const attributes = async (TopicArn: string) => (await sns.send(new GetTopicAttributesCommand({ TopicArn }))).Attributes!
const set = (TopicArn: string, AttributeName: string, AttributeValue: string) => sns.send(new SetTopicAttributesCommand({ TopicArn, AttributeName, AttributeValue }))

describe('a topic', () => {
  it('is made, told with all its attributes, given back when made again alike, and deleted', async () => {
    const TopicArn = await tools.topic('orders', { DisplayName: 'Orders' })
    expect(TopicArn).toBe(`arn:aws:sns:us-east-1:${sandbox.accountId}:orders`)
    expect(await attributes(TopicArn)).toEqual({
      TopicArn,
      Owner: sandbox.accountId,
      DisplayName: 'Orders',
      Policy: expect.stringContaining('__default_policy_ID'),
      SubscriptionsConfirmed: '0',
      SubscriptionsPending: '0',
      SubscriptionsDeleted: '0',
      EffectiveDeliveryPolicy: expect.stringContaining('"numRetries":3'),
    })
    expect(await tools.topic('orders', { DisplayName: 'Orders' })).toBe(TopicArn)
    await expect(tools.topic('orders', { DisplayName: 'Others' })).rejects.toThrow('Topic already exists with different attributes')
    await sns.send(new DeleteTopicCommand({ TopicArn }))
    await sns.send(new DeleteTopicCommand({ TopicArn }))
    await expect(attributes(TopicArn)).rejects.toMatchObject({ name: 'NotFoundException', message: 'Topic does not exist' })
  })

  it('is FIFO where its name and attribute say so', async () => {
    const TopicArn = await tools.topic('orders.fifo', { FifoTopic: 'true', ContentBasedDeduplication: 'true' })
    expect(await tools.topic('orders.fifo', { FifoTopic: 'true', ContentBasedDeduplication: 'true', FifoThroughputScope: 'Topic' })).toBe(TopicArn)
    expect(await attributes(TopicArn)).toMatchObject({ FifoTopic: 'true', ContentBasedDeduplication: 'true', FifoThroughputScope: 'Topic' })
    await expect(tools.topic('orders', { FifoTopic: 'true' })).rejects.toThrow('Fifo Topic names must end with .fifo')
    await expect(tools.topic('other.fifo')).rejects.toThrow('Invalid parameter: Topic Name')
  })

  it('takes its attributes one by one, and back', async () => {
    const TopicArn = await tools.topic('settings')
    await set(TopicArn, 'DisplayName', 'Shown')
    await set(TopicArn, 'SignatureVersion', '2')
    expect(await attributes(TopicArn)).toMatchObject({ DisplayName: 'Shown', SignatureVersion: '2' })
    await set(TopicArn, 'DisplayName', '')
    expect((await attributes(TopicArn)).DisplayName).toBe('')
    await expect(set(TopicArn, 'Colour', 'blue')).rejects.toThrow('Invalid parameter: AttributeName')
    await expect(set(TopicArn, 'Policy', '{')).rejects.toThrow('Policy')
    await expect(set(TopicArn, 'DeliveryPolicy', '{"http":{"defaultHealthyRetryPolicy":{"numRetries":101}}}')).rejects.toThrow('numRetries')
    await expect(set(TopicArn, 'LambdaSuccessFeedbackRoleArn', 'arn:aws:iam::1:role/x')).rejects.toMatchObject({ $metadata: { httpStatusCode: 501 } })
  })

  it('has statements added to its policy and taken out', async () => {
    const TopicArn = await tools.topic('permissions')
    const add = (ActionName: string[]) => sns.send(new AddPermissionCommand({ TopicArn, Label: 'guests', AWSAccountId: ['111122223333'], ActionName }))
    await add(['Publish'])
    const statements = async () => JSON.parse((await attributes(TopicArn)).Policy!).Statement
    expect((await statements())[1]).toEqual({ Sid: 'guests', Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::111122223333:root' }, Action: 'SNS:Publish', Resource: TopicArn })
    await expect(add(['Publish'])).rejects.toThrow('Statement already exists')
    await sns.send(new RemovePermissionCommand({ TopicArn, Label: 'guests' }))
    expect(await statements()).toHaveLength(1)
    await expect(add(['CreateTopic'])).rejects.toThrow('Policy statement action out of service scope!')
  })

  it('bears tags', async () => {
    const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: 'tagged', Tags: [{ Key: 'team', Value: 'a' }, { Key: 'env', Value: 'dev' }] }))
    await sns.send(new TagResourceCommand({ ResourceArn: TopicArn, Tags: [{ Key: 'team', Value: 'b' }] }))
    await sns.send(new UntagResourceCommand({ ResourceArn: TopicArn, TagKeys: ['env'] }))
    expect((await sns.send(new ListTagsForResourceCommand({ ResourceArn: TopicArn }))).Tags).toEqual([{ Key: 'team', Value: 'b' }])
  })

  it('is in a list of pages of a hundred, as its subscriptions are', async () => {
    const { config, accountId } = await sandbox.newAccount()
    const client = new SNSClient(config)
    const own = topicTools(client, new SQSClient(config), () => accountId)
    for (let i = 0; i < 101; i++) await own.topic(`t${i}`)
    const pages: number[] = []
    for await (const { Topics } of paginateListTopics({ client }, {})) pages.push(Topics!.length)
    expect(pages).toEqual([100, 1])
    const TopicArn = await own.topic('t0')
    for (let i = 0; i < 101; i++) await own.subscribe(TopicArn, `q${i}`)
    const seen = new Set<string>()
    for await (const { Subscriptions } of paginateListSubscriptionsByTopic({ client }, { TopicArn })) for (const { Endpoint } of Subscriptions!) seen.add(Endpoint!)
    expect(seen.size).toBe(101)
    const first = await client.send(new ListSubscriptionsCommand({}))
    expect(first.Subscriptions).toHaveLength(100)
    expect((await client.send(new ListSubscriptionsCommand({ NextToken: first.NextToken }))).Subscriptions).toHaveLength(1)
    await expect(client.send(new ListTopicsCommand({ NextToken: 'x' }))).rejects.toThrow('Invalid parameter: NextToken')
  })
})

describe('a subscription', () => {
  it('is told with all its attributes, given back when made again alike, and ends', async () => {
    const TopicArn = await tools.topic('subscribed')
    const SubscriptionArn = await tools.subscribe(TopicArn, 'queue', { FilterPolicy: '{"a":["b"]}' })
    const shown = async () => (await sns.send(new GetSubscriptionAttributesCommand({ SubscriptionArn }))).Attributes
    expect(await shown()).toEqual({
      SubscriptionArn,
      TopicArn,
      Owner: sandbox.accountId,
      SubscriptionPrincipal: `arn:aws:iam::${sandbox.accountId}:user/learner`,
      Protocol: 'sqs',
      Endpoint: tools.queueArn('queue'),
      PendingConfirmation: 'false',
      ConfirmationWasAuthenticated: 'true',
      RawMessageDelivery: 'false',
      FilterPolicy: '{"a":["b"]}',
      FilterPolicyScope: 'MessageAttributes',
    })
    expect(await tools.subscribe(TopicArn, 'queue')).toBe(SubscriptionArn)
    expect(await tools.subscribe(TopicArn, 'queue', { RawMessageDelivery: 'false' })).toBe(SubscriptionArn)
    await expect(tools.subscribe(TopicArn, 'queue', { RawMessageDelivery: 'true' })).rejects.toThrow('Subscription already exists with different attributes')
    expect((await attributes(TopicArn)).SubscriptionsConfirmed).toBe('1')
    await sns.send(new SetSubscriptionAttributesCommand({ SubscriptionArn, AttributeName: 'FilterPolicy', AttributeValue: '{}' }))
    expect(await shown()).not.toHaveProperty('FilterPolicy')
    const set = (AttributeName: string, AttributeValue: string) => sns.send(new SetSubscriptionAttributesCommand({ SubscriptionArn, AttributeName, AttributeValue }))
    await set('FilterPolicyScope', 'MessageBody')
    await set('FilterPolicy', '{"a":{"b":["c"]}}')
    expect(await shown()).toMatchObject({ FilterPolicyScope: 'MessageBody', FilterPolicy: '{"a":{"b":["c"]}}' })
    await sns.send(new UnsubscribeCommand({ SubscriptionArn }))
    await expect(shown()).rejects.toMatchObject({ name: 'NotFoundException', message: 'Subscription does not exist' })
    expect((await sns.send(new ListSubscriptionsByTopicCommand({ TopicArn }))).Subscriptions).toEqual([])
  })

  it.each<[string, string, string]>([
    ['sqs', 'queue', 'Invalid parameter: SQS endpoint ARN'],
    ['lambda', 'function', 'Invalid parameter: Lambda endpoint ARN'],
    ['http', 'https://example.com', 'Endpoint must match the specified protocol'],
    ['email', 'nobody', 'Invalid parameter: Email address'],
    ['pigeon', 'roof', 'Amazon SNS does not support this protocol string: pigeon'],
  ])('by %s has an endpoint that fits', async (Protocol, Endpoint, message) => {
    await expect(sns.send(new SubscribeCommand({ TopicArn: await tools.topic('endpoints'), Protocol, Endpoint }))).rejects.toMatchObject({ name: 'InvalidParameterException', message: expect.stringContaining(message) })
  })

  it('of a mailbox waits to be confirmed; phones and devices are not there', async () => {
    const TopicArn = await tools.topic('mails')
    const mail = await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'email', Endpoint: 'an@example.com' }))
    expect(mail.SubscriptionArn).toBe('pending confirmation')
    expect((await sns.send(new ListSubscriptionsByTopicCommand({ TopicArn }))).Subscriptions).toMatchObject([{ SubscriptionArn: 'PendingConfirmation', Protocol: 'email' }])
    expect((await attributes(TopicArn)).SubscriptionsPending).toBe('1')
    for (const [Protocol, Endpoint] of [['sms', '+84900000000'], ['application', 'arn:aws:sns:us-east-1:111122223333:endpoint/GCM/a/b']]) {
      await expect(sns.send(new SubscribeCommand({ TopicArn, Protocol, Endpoint }))).rejects.toMatchObject({ $metadata: { httpStatusCode: 501 } })
    }
    await expect(sns.send(new PublishCommand({ PhoneNumber: '+84900000000', Message: 'x' }))).rejects.toMatchObject({ $metadata: { httpStatusCode: 501 } })
  })
})

describe('IAM', () => {
  let account: TestAccount
  beforeAll(async () => {
    account = await startTestAccount()
  })
  afterAll(() => account.close())

  it('decides on the topic, its tags and the endpoint', async () => {
    const arn = (name: string) => `arn:aws:sns:us-east-1:${account.accountId}:${name}`
    const keys = await account.user('an', [
      { Effect: 'Allow', Action: ['sns:CreateTopic', 'sns:ListTopics'], Resource: '*' },
      { Effect: 'Allow', Action: 'sns:Publish', Resource: '*', Condition: { StringEquals: { 'aws:ResourceTag/team': 'a' } } },
      { Effect: 'Allow', Action: 'sns:Subscribe', Resource: '*', Condition: { StringEquals: { 'sns:Protocol': 'sqs' } } },
    ])
    const an = new SNSClient({ endpoint: account.sandbox.url, region: 'us-east-1', credentials: keys, maxAttempts: 1 })
    for (const team of ['a', 'b']) await an.send(new CreateTopicCommand({ Name: team, Tags: [{ Key: 'team', Value: team }] }))
    await an.send(new PublishCommand({ TopicArn: arn('a'), Message: 'x' }))
    const denied = { name: 'AuthorizationErrorException', $metadata: { httpStatusCode: 403 } }
    await expect(an.send(new PublishCommand({ TopicArn: arn('b'), Message: 'x' }))).rejects.toMatchObject({ ...denied, message: expect.stringContaining(`not authorized to perform: sns:Publish on resource: ${arn('b')}`) })
    await an.send(new SubscribeCommand({ TopicArn: arn('a'), Protocol: 'sqs', Endpoint: `arn:aws:sqs:us-east-1:${account.accountId}:q` }))
    await expect(an.send(new SubscribeCommand({ TopicArn: arn('a'), Protocol: 'email', Endpoint: 'an@example.com' }))).rejects.toMatchObject(denied)
    await expect(an.send(new DeleteTopicCommand({ TopicArn: arn('a') }))).rejects.toMatchObject(denied)
  })
})
