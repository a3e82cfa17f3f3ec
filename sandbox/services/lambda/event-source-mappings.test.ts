import {
  CreateEventSourceMappingCommand,
  DeleteEventSourceMappingCommand,
  GetEventSourceMappingCommand,
  LambdaClient,
  ListEventSourceMappingsCommand,
  PutFunctionConcurrencyCommand,
  UpdateEventSourceMappingCommand,
  type CreateEventSourceMappingRequest,
} from '@aws-sdk/client-lambda'
import { DetachRolePolicyCommand, IAMClient } from '@aws-sdk/client-iam'
import { SendMessageBatchCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestSandbox, type TestSandbox } from '../../testing'
import { queueTools } from '../sqs/testing'
import { eventually, functionMaker, makeRole, zipOf } from './testing'

const POLICIES = ['service-role/AWSLambdaSQSQueueExecutionRole', 'AmazonSQSFullAccess']
/** Tells the sink what it got. */
const reports = (answer: string) => zipOf({
  'index.mjs': `import { SQSClient, SendMessageCommand } from '@aws-sdk/client-sqs'
const sqs = new SQSClient({})
const tell = (QueueUrl, value) => sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(value) }))
export const handler = async (event) => { await tell(process.env.SINK, event); ${answer} }`,
})

let sandbox: TestSandbox
let lambda: LambdaClient
let sqs: SQSClient
let tools: ReturnType<typeof queueTools>
let create: ReturnType<typeof functionMaker>
let counter = 0
beforeAll(async () => {
  sandbox = await startTestSandbox()
  lambda = new LambdaClient(sandbox.learner)
  sqs = new SQSClient(sandbox.learner)
  tools = queueTools(sqs)
  create = functionMaker(lambda, await makeRole(sandbox.learner, 'r', POLICIES))
})
afterAll(() => sandbox.remove())

const map = (FunctionName: string, EventSourceArn: string, more: Partial<CreateEventSourceMappingRequest> = {}) => lambda.send(new CreateEventSourceMappingCommand({ FunctionName, EventSourceArn, ...more }))
const send = (QueueUrl: string, MessageBody: string, more: object = {}) => sqs.send(new SendMessageCommand({ QueueUrl, MessageBody, ...more }))

/** A function that reports its events to a sink, with a queue to feed it. */
async function setUp({ answer = '', queue = {}, more = {} }: { answer?: string; queue?: Record<string, string>; more?: Partial<CreateEventSourceMappingRequest> } = {}) {
  const name = `f${(counter += 1)}`
  const sink = await tools.make(`${name}-sink`)
  const source = await tools.make(`${name}-source${queue.FifoQueue ? '.fifo' : ''}`, queue)
  const arn = await tools.attribute(source, 'QueueArn')
  await create(name, { zip: reports(answer), Environment: { Variables: { SINK: sink } } })
  const { UUID } = await map(name, arn, more)
  const next = async () => JSON.parse((await tools.receive(sink, { WaitTimeSeconds: 15, VisibilityTimeout: 60 }))[0]!.Body!) as { Records: any[] }
  const isEmptied = () =>
    eventually(async () => {
      const [visible, hidden] = await Promise.all([tools.attribute(source, 'ApproximateNumberOfMessages'), tools.attribute(source, 'ApproximateNumberOfMessagesNotVisible')])
      return visible === '0' && hidden === '0' ? true : undefined
    })
  return { name, sink, source, arn, UUID, next, isEmptied }
}

describe('a queue mapped to a function', () => {
  it('hands its messages over in the form of AWS and deletes them', async () => {
    const { source, arn, next, isEmptied } = await setUp()
    const { MessageId, MD5OfMessageAttributes } = await send(source, 'xin chào', { MessageAttributes: { a: { DataType: 'String', StringValue: 'b' }, z: { DataType: 'Binary', BinaryValue: new Uint8Array([1, 2]) } } })
    const { Records } = await next()
    expect(Records).toEqual([
      {
        messageId: MessageId,
        receiptHandle: expect.any(String),
        body: 'xin chào',
        attributes: { ApproximateReceiveCount: '1', SentTimestamp: expect.stringMatching(/^\d{13}$/), SenderId: expect.stringMatching(/^AIDA/), ApproximateFirstReceiveTimestamp: expect.stringMatching(/^\d{13}$/) },
        messageAttributes: {
          a: { stringValue: 'b', stringListValues: [], binaryListValues: [], dataType: 'String' },
          z: { binaryValue: 'AQI=', stringListValues: [], binaryListValues: [], dataType: 'Binary' },
        },
        md5OfMessageAttributes: MD5OfMessageAttributes,
        md5OfBody: expect.stringMatching(/^[0-9a-f]{32}$/),
        eventSource: 'aws:sqs',
        eventSourceARN: arn,
        awsRegion: 'us-east-1',
      },
    ])
    await isEmptied()
  })

  it('gathers a batch within its window', async () => {
    const { source, next } = await setUp({ more: { BatchSize: 20, MaximumBatchingWindowInSeconds: 10 } })
    for (const half of [0, 10]) await sqs.send(new SendMessageBatchCommand({ QueueUrl: source, Entries: Array.from({ length: 10 }, (_, i) => ({ Id: `${i}`, MessageBody: `${half + i}` })) }))
    expect((await next()).Records).toHaveLength(20)
  })

  it('gives a failed batch again, and to the dead letter queue in the end', async () => {
    const dead = await tools.make('esm-dead')
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: await tools.attribute(dead, 'QueueArn'), maxReceiveCount: 2 })
    const { source, next } = await setUp({ answer: 'throw new Error("no")', queue: { VisibilityTimeout: '3', RedrivePolicy } })
    await send(source, 'poison')
    for (const count of ['1', '2']) expect((await next()).Records[0].attributes.ApproximateReceiveCount).toBe(count)
    expect((await tools.receive(dead, { WaitTimeSeconds: 10 }))[0]!.Body).toBe('poison')
  })

  it('keeps only what the function reports as failed', async () => {
    const answer = 'return { batchItemFailures: event.Records.filter((r) => r.body === "bad").map((r) => ({ itemIdentifier: r.messageId })) }'
    const { source, next } = await setUp({ answer, queue: { VisibilityTimeout: '3' }, more: { FunctionResponseTypes: ['ReportBatchItemFailures'] } })
    await sqs.send(new SendMessageBatchCommand({ QueueUrl: source, Entries: ['good', 'bad'].map((Id) => ({ Id, MessageBody: Id })) }))
    expect((await next()).Records.map(({ body }) => body).sort()).toEqual(['bad', 'good'])
    expect((await next()).Records).toMatchObject([{ body: 'bad', attributes: { ApproximateReceiveCount: '2' } }])
  })

  it('hands over what passes its filters and deletes the rest', async () => {
    const Filters = [{ Pattern: JSON.stringify({ body: { price: [{ numeric: ['>', 10] }] } }) }, { Pattern: JSON.stringify({ messageAttributes: { vip: { stringValue: ['yes'] } } }) }]
    const { source, sink, next, isEmptied } = await setUp({ more: { FilterCriteria: { Filters } } })
    await send(source, '{"price":5}')
    await send(source, 'no JSON')
    await send(source, 'for a friend', { MessageAttributes: { vip: { DataType: 'String', StringValue: 'yes' } } })
    await send(source, '{"price":11}')
    const bodies: string[] = []
    while (bodies.length < 2) bodies.push(...(await next()).Records.map(({ body }) => body))
    expect(bodies.sort()).toEqual(['for a friend', '{"price":11}'])
    await isEmptied()
    expect(await tools.receive(sink)).toEqual([])
  })

  it('keeps the order of a FIFO group', async () => {
    const { source, next, isEmptied } = await setUp({ queue: { FifoQueue: 'true', ContentBasedDeduplication: 'true' }, more: { BatchSize: 2 } })
    for (const body of ['1', '2', '3', '4', '5']) await send(source, body, { MessageGroupId: 'g' })
    await isEmptied()
    const bodies: string[] = []
    while (bodies.length < 5) bodies.push(...(await next()).Records.map(({ body }) => body))
    expect(bodies).toEqual(['1', '2', '3', '4', '5'])
  })

  it('waits while the function is throttled', async () => {
    const { name, source, next } = await setUp()
    await lambda.send(new PutFunctionConcurrencyCommand({ FunctionName: name, ReservedConcurrentExecutions: 0 }))
    await send(source, 'patience')
    await new Promise((resolve) => setTimeout(resolve, 300))
    await lambda.send(new PutFunctionConcurrencyCommand({ FunctionName: name, ReservedConcurrentExecutions: 1 }))
    expect((await next()).Records[0]).toMatchObject({ body: 'patience', attributes: { ApproximateReceiveCount: '1' } })
  })

  it('tells what keeps it from polling when the role loses its rights', async () => {
    const iam = new IAMClient(sandbox.learner)
    const Role = await makeRole(sandbox.learner, 'loses', POLICIES.slice(1))
    await create('loses', { Role })
    const queue = await tools.make('loses')
    const { UUID } = await map('loses', await tools.attribute(queue, 'QueueArn'))
    await iam.send(new DetachRolePolicyCommand({ RoleName: 'loses', PolicyArn: `arn:aws:iam::aws:policy/${POLICIES[1]}` }))
    await send(queue, 'one more')
    const problem = await eventually(async () => (await lambda.send(new GetEventSourceMappingCommand({ UUID }))).LastProcessingResult)
    expect(problem).toBe('PROBLEM: The provided execution role does not have permissions to call ReceiveMessage on SQS')
  })
})

describe('a mapping', () => {
  it('is made, told, switched off and on, listed and deleted', async () => {
    const { name, source, arn, UUID, next } = await setUp()
    const FunctionArn = `arn:aws:lambda:us-east-1:${sandbox.accountId}:function:${name}`
    const get = () => lambda.send(new GetEventSourceMappingCommand({ UUID }))
    expect(await get()).toMatchObject({ UUID, FunctionArn, EventSourceArn: arn, BatchSize: 10, MaximumBatchingWindowInSeconds: 0, State: 'Enabled', StateTransitionReason: 'USER_INITIATED', FunctionResponseTypes: [] })
    expect(await lambda.send(new UpdateEventSourceMappingCommand({ UUID, Enabled: false, BatchSize: 5, ScalingConfig: { MaximumConcurrency: 2 } }))).toMatchObject({ State: 'Disabling', BatchSize: 5, ScalingConfig: { MaximumConcurrency: 2 } })
    await eventually(async () => ((await get()).State === 'Disabled' ? true : undefined))
    await send(source, 'm')
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(await tools.attribute(source, 'ApproximateNumberOfMessages')).toBe('1')
    expect((await lambda.send(new UpdateEventSourceMappingCommand({ UUID, Enabled: true }))).State).toBe('Enabling')
    expect((await next()).Records[0].body).toBe('m')
    expect((await lambda.send(new ListEventSourceMappingsCommand({ FunctionName: name }))).EventSourceMappings).toMatchObject([{ UUID }])
    expect((await lambda.send(new ListEventSourceMappingsCommand({ EventSourceArn: arn }))).EventSourceMappings).toMatchObject([{ UUID }])
    expect((await lambda.send(new DeleteEventSourceMappingCommand({ UUID }))).State).toBe('Deleting')
    await expect(get()).rejects.toMatchObject({ name: 'ResourceNotFoundException', message: 'The resource you requested does not exist.' })
    await send(source, 'stays')
    expect(await tools.receive(source)).toHaveLength(1)
  })

  it('is refused as AWS refuses it', async () => {
    const queue = await tools.make('refused', { VisibilityTimeout: '5' })
    const arn = await tools.attribute(queue, 'QueueArn')
    await create('refused')
    const invalid = (message: RegExp | string) => ({ name: 'InvalidParameterValueException', message: expect.stringMatching(message) })
    await expect(map('refused', arn.replace('refused', 'none'))).rejects.toMatchObject(invalid('NonExistentQueue'))
    await expect(map('nobody', arn)).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
    await expect(map('refused', 'arn:aws:kinesis:us-east-1:111111111111:stream/s')).rejects.toMatchObject(invalid('not served by this sandbox'))
    await expect(map('refused', arn, { BatchSize: 11 })).rejects.toMatchObject(invalid('Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10'))
    await expect(map('refused', arn, { StartingPosition: 'LATEST' })).rejects.toMatchObject(invalid('StartingPosition'))
    await expect(map('refused', arn, { FilterCriteria: { Filters: [{ Pattern: '{"body":"x"}' }] } })).rejects.toMatchObject(invalid('Invalid filter pattern definition'))
    await create('slow', { Timeout: 6 })
    await expect(map('slow', arn)).rejects.toMatchObject(invalid('Queue visibility timeout: 5 seconds is less than Function timeout: 6 seconds'))
    await create('weak', { Role: await makeRole(sandbox.learner, 'weak') })
    await expect(map('weak', arn)).rejects.toMatchObject(invalid('The provided execution role does not have permissions to call ReceiveMessage on SQS'))
    const { UUID } = await map('refused', arn)
    await expect(map('refused', arn)).rejects.toMatchObject({ name: 'ResourceConflictException', message: expect.stringContaining(UUID!) })
  })
})
