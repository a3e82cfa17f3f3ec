import { AddPermissionCommand as AllowLambda, CreateFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda'
import { PublishBatchCommand, PublishCommand, SetSubscriptionAttributesCommand, SetTopicAttributesCommand, SNSClient, SubscribeCommand, AddPermissionCommand, type PublishInput } from '@aws-sdk/client-sns'
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestSandbox, type TestSandbox } from '../../testing'
import { handlerZip, makeRole } from '../lambda/testing'
import { topicTools } from './testing'

let sandbox: TestSandbox
let sns: SNSClient
let sqs: SQSClient
let tools: ReturnType<typeof topicTools>
beforeAll(async () => {
  sandbox = await startTestSandbox()
  sns = new SNSClient(sandbox.learner)
  sqs = new SQSClient(sandbox.learner)
  tools = topicTools(sns, sqs, () => sandbox.accountId)
})
afterAll(() => sandbox.remove())

const publish = (TopicArn: string, more: Partial<PublishInput> = {}) => sns.send(new PublishCommand({ TopicArn, Message: 'hello', ...more }))
const text = (StringValue: string) => ({ DataType: 'String', StringValue })
const nothing = async (QueueUrl: string) => expect((await sqs.send(new ReceiveMessageCommand({ QueueUrl }))).Messages).toBeUndefined()

describe('a message of a topic', () => {
  it('reaches queues in an envelope, or raw with its attributes', async () => {
    const TopicArn = await tools.topic('orders')
    const [wrapped, raw] = [await tools.queue('wrapped'), await tools.queue('raw')]
    const subscription = await tools.subscribe(TopicArn, 'wrapped')
    await tools.subscribe(TopicArn, 'raw', { RawMessageDelivery: 'true' })
    const { MessageId } = await publish(TopicArn, { Subject: 'News', MessageAttributes: { kind: text('book'), bytes: { DataType: 'Binary', BinaryValue: Buffer.from([1, 2, 3]) } } })
    expect(JSON.parse((await tools.take(wrapped))[0]!.Body!)).toEqual({
      Type: 'Notification',
      MessageId,
      TopicArn,
      Subject: 'News',
      Message: 'hello',
      Timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      SignatureVersion: '1',
      Signature: expect.stringMatching(/^[\w+/]{100,}=*$/),
      SigningCertURL: expect.stringMatching(/^http:.*\/SimpleNotificationService-[0-9a-f]{32}\.pem$/),
      UnsubscribeURL: `${sandbox.url}/?Action=Unsubscribe&SubscriptionArn=${subscription}`,
      MessageAttributes: { kind: { Type: 'String', Value: 'book' }, bytes: { Type: 'Binary', Value: 'AQID' } },
    })
    const [message] = await tools.take(raw)
    expect(message).toMatchObject({ Body: 'hello', MessageAttributes: { kind: text('book'), bytes: { DataType: 'Binary' } } })
    expect([...message!.MessageAttributes!.bytes!.BinaryValue!]).toEqual([1, 2, 3])
  })

  it('runs a function that lets the topic in', async () => {
    const TopicArn = await tools.topic('to-function')
    const lambda = new LambdaClient(sandbox.learner)
    const heard = await tools.queue('heard')
    const Role = await makeRole(sandbox.learner, 'listener', ['AmazonSQSFullAccess'])
    const code = `async (event) => { const { SQSClient, SendMessageCommand } = await import('@aws-sdk/client-sqs'); await new SQSClient({}).send(new SendMessageCommand({ QueueUrl: process.env.HEARD, MessageBody: JSON.stringify(event) })) }`
    const { FunctionArn } = await lambda.send(new CreateFunctionCommand({ FunctionName: 'listener', Runtime: 'nodejs22.x', Handler: 'index.handler', Role, Timeout: 20, Code: { ZipFile: handlerZip(code) }, Environment: { Variables: { HEARD: heard } } }))
    const { SubscriptionArn } = await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'lambda', Endpoint: FunctionArn, Attributes: { RedrivePolicy: JSON.stringify({ deadLetterTargetArn: tools.queueArn('unheard') }) } }))
    const unheard = await tools.queue('unheard')
    await publish(TopicArn, { Message: 'not let in' })
    await tools.take(unheard)
    await lambda.send(new AllowLambda({ FunctionName: 'listener', StatementId: 'sns', Action: 'lambda:InvokeFunction', Principal: 'sns.amazonaws.com', SourceArn: TopicArn }))
    const { MessageId } = await publish(TopicArn, { Message: 'let in', MessageAttributes: { kind: text('book') } })
    const [message] = await tools.take(heard).catch(() => tools.take(heard))
    expect(JSON.parse(message!.Body!)).toEqual({
      Records: [
        {
          EventSource: 'aws:sns',
          EventVersion: '1.0',
          EventSubscriptionArn: SubscriptionArn,
          Sns: {
            Type: 'Notification',
            MessageId,
            TopicArn,
            Subject: null,
            Message: 'let in',
            Timestamp: expect.any(String),
            SignatureVersion: '1',
            Signature: expect.any(String),
            SigningCertUrl: expect.any(String),
            UnsubscribeUrl: expect.any(String),
            MessageAttributes: { kind: { Type: 'String', Value: 'book' } },
          },
        },
      ],
    })
    await nothing(heard)
  }, 30_000)

  it('may have a text of its own for each protocol', async () => {
    const TopicArn = await tools.topic('structured')
    const url = await tools.queue('structured')
    await tools.subscribe(TopicArn, 'structured', { RawMessageDelivery: 'true' })
    await publish(TopicArn, { MessageStructure: 'json', Message: JSON.stringify({ default: 'for all', sqs: 'for queues', lambda: 'for functions' }) })
    expect((await tools.take(url))[0]!.Body).toBe('for queues')
    await expect(publish(TopicArn, { MessageStructure: 'json', Message: '{"sqs":"x"}' })).rejects.toThrow('No default entry in JSON message body')
  })

  it('is one of up to ten of a batch, each judged by itself', async () => {
    const TopicArn = await tools.topic('batch')
    const url = await tools.queue('batch')
    await tools.subscribe(TopicArn, 'batch', { RawMessageDelivery: 'true' })
    const entries = ['a', 'b'].map((Id) => ({ Id, Message: Id }))
    const { Successful, Failed } = await sns.send(new PublishBatchCommand({ TopicArn, PublishBatchRequestEntries: [...entries, { Id: 'c', Message: '' }] }))
    expect(Successful).toMatchObject([{ Id: 'a', MessageId: expect.any(String) }, { Id: 'b' }])
    expect(Failed).toEqual([{ Id: 'c', Code: 'InvalidParameter', Message: 'Invalid parameter: Empty message', SenderFault: true }])
    expect((await tools.take(url, 2)).map(({ Body }) => Body).sort()).toEqual(['a', 'b'])
  })
})

describe('a subscription', () => {
  const book = { kind: text('book'), price: { DataType: 'Number', StringValue: '12.5' }, tags: { DataType: 'String.Array', StringValue: '["new","sale"]' } }
  it.each<[string, object, boolean]>([
    ['a value', { kind: ['book', 'film'] }, true],
    ['another value', { kind: ['film'] }, false],
    ['a prefix', { kind: [{ prefix: 'bo' }] }, true],
    ['a suffix', { kind: [{ suffix: 'x' }] }, false],
    ['a value in other letters', { kind: [{ 'equals-ignore-case': 'BOOK' }] }, true],
    ['anything but a value', { kind: [{ 'anything-but': ['book'] }] }, false],
    ['anything but a prefix', { kind: [{ 'anything-but': { prefix: 'fi' } }] }, true],
    ['a number', { price: [12.5] }, true],
    ['a range of numbers', { price: [{ numeric: ['>', 10, '<=', 12] }] }, false],
    ['an element of a list', { tags: ['sale'] }, true],
    ['an attribute that is there', { kind: [{ exists: true }] }, true],
    ['an attribute that is not there', { gone: [{ exists: false }] }, true],
    ['all of several', { kind: ['book'], price: [{ numeric: ['>', 100] }] }, false],
    ['one of several', { $or: [{ kind: ['film'] }, { price: [{ numeric: ['<', 100] }] }] }, true],
  ])('filters attributes by %s', async (name, policy, isWanted) => {
    const of = name.replaceAll(' ', '-')
    const TopicArn = await tools.topic(of)
    const url = await tools.queue(of)
    await tools.subscribe(TopicArn, of, { FilterPolicy: JSON.stringify(policy), RawMessageDelivery: 'true' })
    await tools.subscribe(TopicArn, 'raw', { RawMessageDelivery: 'true' })
    await publish(TopicArn, { MessageAttributes: book })
    if (isWanted) expect((await tools.take(url))[0]!.Body).toBe('hello')
    else await tools.take(`${sandbox.url}/${sandbox.accountId}/raw`).then(() => nothing(url))
  })

  it.each<[string, object, object, boolean]>([
    ['nested values', { order: { shipping: { country: ['VN'] } } }, { order: { shipping: { country: 'VN' } } }, true],
    ['nested values that differ', { order: { shipping: { country: ['VN'] } } }, { order: { shipping: { country: 'US' } } }, false],
    ['elements of lists', { items: { sku: [{ prefix: 'B-' }] } }, { items: [{ sku: 'A-1' }, { sku: 'B-2' }] }, true],
    ['an address', { ip: [{ cidr: '10.0.0.0/24' }] }, { ip: '10.0.0.17' }, true],
    ['another address', { ip: [{ cidr: '10.0.0.0/24' }] }, { ip: '10.0.1.17' }, false],
  ])('filters the body by %s', async (name, policy, body, isWanted) => {
    const of = `body-${name.replaceAll(' ', '-')}`
    const TopicArn = await tools.topic(of)
    const url = await tools.queue(of)
    await tools.subscribe(TopicArn, of, { FilterPolicy: JSON.stringify(policy), FilterPolicyScope: 'MessageBody', RawMessageDelivery: 'true' })
    await tools.subscribe(TopicArn, 'raw', { RawMessageDelivery: 'true' })
    await publish(TopicArn, { Message: 'not JSON' })
    await publish(TopicArn, { Message: JSON.stringify(body) })
    if (isWanted) expect(JSON.parse((await tools.take(url))[0]!.Body!)).toEqual(body)
    else await tools.take(`${sandbox.url}/${sandbox.accountId}/raw`, 2).then(() => nothing(url))
  })

  it.each<[string, Record<string, string>, string]>([
    ['nested in attributes', { FilterPolicy: '{"a":{"b":["c"]}}' }, 'does not support nested'],
    ['of six keys', { FilterPolicy: JSON.stringify(Object.fromEntries([...'abcdef'].map((key) => [key, ['x']]))) }, 'more than 5 keys'],
    ['too complex', { FilterPolicy: JSON.stringify({ a: Array(13).fill('x'), b: Array(13).fill('y') }) }, 'too complex'],
    ['that is not JSON', { FilterPolicy: '{' }, 'failed to parse JSON'],
    ['of an operator that is none', { FilterPolicy: '{"a":[{"like":"b"}]}' }, 'Unrecognized match type like'],
    ['of another scope', { FilterPolicy: '{"a":["b"]}', FilterPolicyScope: 'Headers' }, 'Please use either MessageBody or MessageAttributes'],
  ])('takes no filter policy %s', async (_, attributes, message) => {
    await expect(tools.subscribe(await tools.topic('filters'), 'raw', attributes)).rejects.toMatchObject({ name: 'InvalidParameterException', message: expect.stringContaining(message) })
  })

  it('gives to its dead-letter queue what the endpoint refuses', async () => {
    const TopicArn = await tools.topic('refused')
    const dead = await tools.queue('dead')
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: tools.queueArn('dead') })
    await tools.subscribe(TopicArn, 'never-made', { RedrivePolicy })
    const subscription = await tools.subscribe(TopicArn, 'closed', { RawMessageDelivery: 'true' })
    await sns.send(new SetSubscriptionAttributesCommand({ SubscriptionArn: subscription, AttributeName: 'RedrivePolicy', AttributeValue: RedrivePolicy }))
    await publish(TopicArn, { MessageAttributes: { kind: text('book') } })
    const letters = await tools.take(dead, 2)
    expect(letters.map(({ Body }) => Body).sort()).toEqual(['hello', expect.stringContaining('"Message":"hello"')])
    expect(letters.find(({ Body }) => Body === 'hello')!.MessageAttributes).toMatchObject({ kind: text('book') })
  })
})

describe('a FIFO topic', () => {
  it('keeps the order of a group, numbers its messages, and takes none twice within five minutes', async () => {
    const TopicArn = await tools.topic('ordered.fifo', { FifoTopic: 'true', ContentBasedDeduplication: 'true' })
    const url = await tools.queue('ordered.fifo', { FifoQueue: 'true' })
    await tools.subscribe(TopicArn, 'ordered.fifo')
    const sent = []
    for (let i = 0; i < 20; i++) sent.push(await publish(TopicArn, { Message: String(i), MessageGroupId: 'g' }))
    const again = await publish(TopicArn, { Message: '0', MessageGroupId: 'g' })
    expect(again).toMatchObject({ MessageId: sent[0]!.MessageId, SequenceNumber: sent[0]!.SequenceNumber })
    const got = (await tools.take(url, 20)).map(({ Body }) => JSON.parse(Body!))
    expect(got.map(({ Message }) => Message)).toEqual(Array.from({ length: 20 }, (_, i) => String(i)))
    expect(got.map(({ SequenceNumber }) => SequenceNumber)).toEqual(sent.map(({ SequenceNumber }) => SequenceNumber))
    expect(got[0]).not.toHaveProperty('Signature')
    await nothing(url)
  })

  it('needs a group and a way to tell messages apart, and takes queues only', async () => {
    const TopicArn = await tools.topic('strict.fifo', { FifoTopic: 'true' })
    await expect(publish(TopicArn)).rejects.toThrow('MessageGroupId parameter is required')
    await expect(publish(TopicArn, { MessageGroupId: 'g' })).rejects.toThrow('ContentBasedDeduplication enabled or MessageDeduplicationId')
    await expect(sns.send(new SubscribeCommand({ TopicArn, Protocol: 'email', Endpoint: 'an@example.com' }))).rejects.toMatchObject({ name: 'InvalidParameterException' })
    await expect(tools.subscribe(await tools.topic('plain'), 'ordered.fifo')).rejects.toThrow('FIFO SQS Queues can not be subscribed to standard SNS topics')
  })
})

describe('another account', () => {
  it('publishes where the topic lets it, and its queue confirms before it gets anything', async () => {
    const TopicArn = await tools.topic('shared')
    const own = await tools.queue('own')
    await tools.subscribe(TopicArn, 'own', { RawMessageDelivery: 'true' })
    const other = await sandbox.newAccount()
    const guest = new SNSClient(other.config)
    const fromGuest = () => guest.send(new PublishCommand({ TopicArn, Message: 'from a guest' }))
    await expect(fromGuest()).rejects.toMatchObject({ name: 'AuthorizationErrorException', $metadata: { httpStatusCode: 403 } })
    await sns.send(new AddPermissionCommand({ TopicArn, Label: 'guests', AWSAccountId: [other.accountId], ActionName: ['Publish', 'Subscribe'] }))
    const queue = topicTools(guest, new SQSClient(other.config), () => other.accountId)
    const url = await queue.queue('theirs')
    // The owner of the topic subscribes somebody else's queue: that one is asked.
    const asked = await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint: queue.queueArn('theirs') }))
    expect(asked.SubscriptionArn).toBe('pending confirmation')
    await fromGuest()
    expect((await tools.take(own))[0]!.Body).toBe('from a guest')
    const [question, ...others] = (await queue.take(url)).map(({ Body }) => JSON.parse(Body!))
    expect(others).toEqual([])
    expect(question).toMatchObject({ Type: 'SubscriptionConfirmation', TopicArn, Token: expect.stringMatching(/^\w{64,}$/) })
    expect((await fetch(question.SubscribeURL)).status).toBe(200)
    await fromGuest()
    expect(JSON.parse((await queue.take(url))[0]!.Body!)).toMatchObject({ Type: 'Notification', Message: 'from a guest' })
    // A link in the hands of anyone ends a subscription that was not guarded, and its owner is told.
    await fromGuest()
    expect((await fetch(JSON.parse((await queue.take(url))[0]!.Body!).UnsubscribeURL)).status).toBe(200)
    expect(JSON.parse((await queue.take(url))[0]!.Body!)).toMatchObject({ Type: 'UnsubscribeConfirmation' })
    // Who owns the queue and may subscribe needs no question.
    await queue.queue('at-once')
    expect(await queue.subscribe(TopicArn, 'at-once')).toMatch(/:[0-9a-f-]{36}$/)
  })

  it('is kept out by a policy that names a source', async () => {
    const TopicArn = await tools.topic('by-condition')
    const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Deny', Principal: '*', Action: 'sns:Publish', Resource: TopicArn, Condition: { StringNotEquals: { 'aws:PrincipalAccount': '999999999999' } } }] })
    await sns.send(new SetTopicAttributesCommand({ TopicArn, AttributeName: 'Policy', AttributeValue: Policy }))
    await expect(publish(TopicArn)).rejects.toMatchObject({ name: 'AuthorizationErrorException', message: expect.stringContaining('explicit deny in a resource-based policy') })
  })
})
