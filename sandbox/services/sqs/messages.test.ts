import { createHash } from 'node:crypto'
import {
  ChangeMessageVisibilityBatchCommand,
  ChangeMessageVisibilityCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
  type SendMessageRequest,
} from '@aws-sdk/client-sqs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestSandbox, type TestSandbox } from '../../testing'
import { queueTools } from './testing'

let sandbox: TestSandbox
let sqs: SQSClient
let tools: ReturnType<typeof queueTools>
let counter = 0
beforeAll(async () => {
  sandbox = await startTestSandbox()
  sqs = new SQSClient(sandbox.learner)
  tools = queueTools(sqs)
})
afterAll(() => sandbox.remove())

const make = (attributes: Record<string, string> = {}) => tools.make(`q${(counter += 1)}${attributes.FifoQueue ? '.fifo' : ''}`, attributes)
const send = (QueueUrl: string, MessageBody: string, more: Partial<SendMessageRequest> = {}) => sqs.send(new SendMessageCommand({ QueueUrl, MessageBody, ...more }))
const bodies = (messages: { Body?: string }[]) => messages.map(({ Body }) => Body)
const seconds = (n: number) => new Promise((resolve) => setTimeout(resolve, n * 1000))

describe('a message', () => {
  it('comes with its attributes, whose digests the SDK checks', async () => {
    const QueueUrl = await make()
    const MessageAttributes = {
      text: { DataType: 'String', StringValue: 'đơn hàng' },
      count: { DataType: 'Number.int', StringValue: '7' },
      bytes: { DataType: 'Binary', BinaryValue: new Uint8Array([0, 255, 1]) },
    }
    const sent = await send(QueueUrl, 'nội dung', { MessageAttributes, MessageSystemAttributes: { AWSTraceHeader: { DataType: 'String', StringValue: 'Root=1-2-3' } } })
    expect(sent.MD5OfMessageBody).toBe(createHash('md5').update('nội dung').digest('hex'))
    const [message] = await tools.receive(QueueUrl, { MessageAttributeNames: ['All'], MessageSystemAttributeNames: ['All'] })
    expect(message).toMatchObject({ MessageId: sent.MessageId, Body: 'nội dung', MD5OfMessageAttributes: sent.MD5OfMessageAttributes, MessageAttributes })
    expect(message!.Attributes).toMatchObject({ SenderId: expect.stringMatching(/^AIDA/), ApproximateReceiveCount: '1', AWSTraceHeader: 'Root=1-2-3', SentTimestamp: expect.stringMatching(/^\d{13}$/) })
  })

  it('has the digest of its attributes that AWS documents', async () => {
    const { md5OfAttributes } = await import('./md5')
    // From boto's own test of the algorithm.
    expect(md5OfAttributes({ timestamp: { DataType: 'Number', StringValue: '1493147359900' } })).toBe('235c5c510d26fb653d073faed50ae77c')
  })

  it('gives only the attributes asked for', async () => {
    const QueueUrl = await make()
    const value = { DataType: 'String', StringValue: 'x' }
    await send(QueueUrl, 'm', { MessageAttributes: { 'a.one': value, 'a.two': value, b: value } })
    const [message] = await tools.receive(QueueUrl, { MessageAttributeNames: ['a.*'], VisibilityTimeout: 0 })
    expect(Object.keys(message!.MessageAttributes!)).toEqual(['a.one', 'a.two'])
    expect(message!.Attributes).toBeUndefined()
    expect((await tools.receive(QueueUrl))[0]!.MessageAttributes).toBeUndefined()
  })

  it('is hidden while in flight, comes again after its visibility timeout, and is gone once deleted', async () => {
    const QueueUrl = await make({ VisibilityTimeout: '1' })
    await send(QueueUrl, 'm')
    const [first] = await tools.receive(QueueUrl)
    expect(await tools.receive(QueueUrl)).toEqual([])
    expect(await tools.attribute(QueueUrl, 'ApproximateNumberOfMessagesNotVisible')).toBe('1')
    const [again] = await tools.receive(QueueUrl, { WaitTimeSeconds: 3, MessageSystemAttributeNames: ['ApproximateReceiveCount'] })
    expect(again).toMatchObject({ MessageId: first!.MessageId, Attributes: { ApproximateReceiveCount: '2' } })
    await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: again!.ReceiptHandle }))
    expect(await tools.receive(QueueUrl, { WaitTimeSeconds: 2 })).toEqual([])
  })

  it('stays when it is deleted with a receipt that is not its latest', async () => {
    const QueueUrl = await make()
    await send(QueueUrl, 'm')
    const [first] = await tools.receive(QueueUrl, { VisibilityTimeout: 0 })
    const [second] = await tools.receive(QueueUrl)
    await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: first!.ReceiptHandle }))
    expect(await tools.attribute(QueueUrl, 'ApproximateNumberOfMessagesNotVisible')).toBe('1')
    await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: second!.ReceiptHandle }))
    expect(await tools.attribute(QueueUrl, 'ApproximateNumberOfMessagesNotVisible')).toBe('0')
    await expect(sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: 'nonsense' }))).rejects.toMatchObject({ name: 'ReceiptHandleIsInvalid' })
  })

  it('is shown at once when its visibility is set to nothing, and longer hidden when it is set higher', async () => {
    const QueueUrl = await make({ VisibilityTimeout: '1' })
    await send(QueueUrl, 'm')
    const [{ ReceiptHandle } = {}] = await tools.receive(QueueUrl)
    await sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 30 }))
    await seconds(1.2)
    expect(await tools.receive(QueueUrl)).toEqual([])
    await sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 0 }))
    await expect(sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 5 }))).rejects.toMatchObject({ name: 'MessageNotInflight' })
    expect(await tools.receive(QueueUrl)).toHaveLength(1)
  })

  it('waits for its delay', async () => {
    const QueueUrl = await make()
    await send(QueueUrl, 'later', { DelaySeconds: 1 })
    expect(await tools.attribute(QueueUrl, 'ApproximateNumberOfMessagesDelayed')).toBe('1')
    expect(await tools.receive(QueueUrl)).toEqual([])
    expect(bodies(await tools.receive(QueueUrl, { WaitTimeSeconds: 5 }))).toEqual(['later'])
  })

  it('wakes a receiver that waits', async () => {
    const QueueUrl = await make()
    const began = Date.now()
    const waiting = tools.receive(QueueUrl, { WaitTimeSeconds: 20 })
    await seconds(0.2)
    await send(QueueUrl, 'here')
    expect(bodies(await waiting)).toEqual(['here'])
    expect(Date.now() - began).toBeLessThan(3000)
  })

  it.each([
    ['no body', { MessageBody: '' }, 'MissingParameter'],
    ['characters that SQS does not take', { MessageBody: 'a\u0001' }, 'InvalidMessageContents'],
    ['too long a body', { MessageBody: 'x'.repeat(2000) }, 'InvalidParameterValue'],
    ['too long a delay', { DelaySeconds: 901 }, 'InvalidParameterValue'],
    ['an attribute without a value', { MessageAttributes: { a: { DataType: 'String', StringValue: '' } } }, 'InvalidParameterValue'],
    ['an attribute of no known type', { MessageAttributes: { a: { DataType: 'Text', StringValue: 'x' } } }, 'InvalidParameterValue'],
    ['a number that is none', { MessageAttributes: { a: { DataType: 'Number', StringValue: 'x' } } }, 'InvalidParameterValue'],
    ['a deduplication id', { MessageDeduplicationId: 'x' }, 'InvalidParameterValue'],
  ])('is refused with %s', async (_what, more, error) => {
    const QueueUrl = await make({ MaximumMessageSize: '1024' })
    await expect(send(QueueUrl, 'm', more)).rejects.toMatchObject({ name: expect.stringMatching(error) })
  })

  it.each([{ MaxNumberOfMessages: 11 }, { MaxNumberOfMessages: 0 }, { WaitTimeSeconds: 21 }, { VisibilityTimeout: -1 }])('is not received with %o', async (more) => {
    await expect(tools.receive(await make(), more)).rejects.toThrow('is invalid. Reason')
  })
})

describe('a batch', () => {
  it('sends, hides and deletes up to ten, each told on its own', async () => {
    const QueueUrl = await make()
    const Entries = ['a', 'b', 'c'].map((Id) => ({ Id, MessageBody: Id }))
    const sent = await sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries: [...Entries, { Id: 'bad', MessageBody: 'x', DelaySeconds: -1 }] }))
    expect(sent.Successful!.map(({ Id }) => Id)).toEqual(['a', 'b', 'c'])
    expect(sent.Failed).toMatchObject([{ Id: 'bad', SenderFault: true, Code: 'InvalidParameterValue' }])
    const received = await tools.receive(QueueUrl, { MaxNumberOfMessages: 10 })
    expect(bodies(received).sort()).toEqual(['a', 'b', 'c'])
    const handles = received.map(({ ReceiptHandle }, i) => ({ Id: String(i), ReceiptHandle }))
    const changed = await sqs.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl, Entries: handles.map((entry) => ({ ...entry, VisibilityTimeout: 60 })) }))
    expect(changed.Successful).toHaveLength(3)
    const deleted = await sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries: [...handles, { Id: 'x', ReceiptHandle: 'nonsense' }] }))
    expect(deleted.Successful).toHaveLength(3)
    expect(deleted.Failed).toMatchObject([{ Id: 'x', Code: 'ReceiptHandleIsInvalid' }])
  })

  it.each([
    ['EmptyBatchRequest', []],
    ['TooManyEntriesInBatchRequest', Array.from({ length: 11 }, (_, i) => ({ Id: `${i}`, MessageBody: 'x' }))],
    ['BatchEntryIdsNotDistinct', [{ Id: 'a', MessageBody: 'x' }, { Id: 'a', MessageBody: 'y' }]],
    ['InvalidBatchEntryId', [{ Id: 'a b', MessageBody: 'x' }]],
    ['BatchRequestTooLong', ['a', 'b'].map((Id) => ({ Id, MessageBody: 'x'.repeat(600_000) }))],
  ])('is refused whole: %s', async (name, Entries) => {
    await expect(sqs.send(new SendMessageBatchCommand({ QueueUrl: await make(), Entries }))).rejects.toMatchObject({ name })
  })
})

describe('a FIFO queue', () => {
  const fifo = (more: Record<string, string> = {}) => make({ FifoQueue: 'true', ContentBasedDeduplication: 'true', ...more })

  it('keeps the order of a group and lets no more of it out while one is in flight', async () => {
    const QueueUrl = await fifo()
    for (const body of ['a1', 'a2', 'a3']) await send(QueueUrl, body, { MessageGroupId: 'a' })
    await send(QueueUrl, 'b1', { MessageGroupId: 'b' })
    const first = await tools.receive(QueueUrl, { MaxNumberOfMessages: 2, MessageSystemAttributeNames: ['All'] })
    expect(bodies(first)).toEqual(['a1', 'a2'])
    expect(first[0]!.Attributes).toMatchObject({ MessageGroupId: 'a', SequenceNumber: expect.stringMatching(/^\d{20}$/), MessageDeduplicationId: createHash('sha256').update('a1').digest('hex') })
    expect(bodies(await tools.receive(QueueUrl, { MaxNumberOfMessages: 10 }))).toEqual(['b1'])
    for (const { ReceiptHandle } of first) await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }))
    expect(bodies(await tools.receive(QueueUrl))).toEqual(['a3'])
  })

  it('wakes a receiver that waits for a group once the one in flight is deleted', async () => {
    const QueueUrl = await fifo()
    for (const body of ['1', '2']) await send(QueueUrl, body, { MessageGroupId: 'a' })
    const [first] = await tools.receive(QueueUrl)
    const waiting = tools.receive(QueueUrl, { WaitTimeSeconds: 20 })
    await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: first!.ReceiptHandle }))
    expect(bodies(await waiting)).toEqual(['2'])
  })

  it('gives a group again from where it failed', async () => {
    const QueueUrl = await fifo()
    for (const body of ['1', '2']) await send(QueueUrl, body, { MessageGroupId: 'a' })
    const [first] = await tools.receive(QueueUrl)
    await sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle: first!.ReceiptHandle, VisibilityTimeout: 0 }))
    expect(bodies(await tools.receive(QueueUrl, { MaxNumberOfMessages: 10 }))).toEqual(['1', '2'])
  })

  it('takes a message once within five minutes, by content or by id', async () => {
    const QueueUrl = await fifo()
    const one = await send(QueueUrl, 'same', { MessageGroupId: 'a' })
    const two = await send(QueueUrl, 'same', { MessageGroupId: 'b' })
    expect([two.MessageId, two.SequenceNumber]).toEqual([one.MessageId, one.SequenceNumber])
    await send(QueueUrl, 'same', { MessageGroupId: 'a', MessageDeduplicationId: 'other' })
    expect(await tools.attribute(QueueUrl, 'ApproximateNumberOfMessages')).toBe('2')
  })

  it('can look for doubles within each group only', async () => {
    const QueueUrl = await fifo({ DeduplicationScope: 'messageGroup' })
    for (const MessageGroupId of ['a', 'b', 'a']) await send(QueueUrl, 'same', { MessageGroupId })
    expect(await tools.attribute(QueueUrl, 'ApproximateNumberOfMessages')).toBe('2')
  })

  it('demands a group and something to tell doubles by', async () => {
    const QueueUrl = await make({ FifoQueue: 'true' })
    await expect(send(QueueUrl, 'x')).rejects.toThrow('MessageGroupId')
    await expect(send(QueueUrl, 'x', { MessageGroupId: 'a' })).rejects.toThrow('ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly')
    await expect(send(QueueUrl, 'x', { MessageGroupId: 'a', MessageDeduplicationId: 'd', DelaySeconds: 1 })).rejects.toThrow('not valid for this queue type')
  })
})

describe('a dead letter queue', () => {
  it.each([false, true])('gets what was received too often (FIFO: %s)', async (isFifo) => {
    const kind: Record<string, string> = isFifo ? { FifoQueue: 'true', ContentBasedDeduplication: 'true' } : {}
    const dead = await make(kind)
    const source = await make({ ...kind, RedrivePolicy: JSON.stringify({ deadLetterTargetArn: await tools.attribute(dead, 'QueueArn'), maxReceiveCount: 2 }) })
    const { MessageId } = await send(source, 'poison', isFifo ? { MessageGroupId: 'g' } : {})
    for (const _ of [1, 2]) expect(await tools.receive(source, { VisibilityTimeout: 0 })).toHaveLength(1)
    expect(await tools.receive(source)).toEqual([])
    const [message] = await tools.receive(dead, { MessageSystemAttributeNames: ['All'] })
    expect(message).toMatchObject({ MessageId, Body: 'poison', Attributes: { DeadLetterQueueSourceArn: await tools.attribute(source, 'QueueArn'), ApproximateReceiveCount: '3' } })
  })
})

it('receives as quickly from a full queue as from an empty one', async () => {
  const QueueUrl = await make()
  const batch = () => sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries: Array.from({ length: 10 }, (_, i) => ({ Id: String(i), MessageBody: 'x' })) }))
  const time = async () => {
    const began = performance.now()
    for (let i = 0; i < 20; i += 1) await tools.receive(QueueUrl)
    return performance.now() - began
  }
  for (let i = 0; i < 5; i += 1) await batch()
  await time()
  const nearlyEmpty = await time()
  for (let i = 0; i < 200; i += 1) await batch()
  expect(await time()).toBeLessThan(nearlyEmpty * 5 + 100)
})
