import { CreateEventSourceMappingCommand, GetEventSourceMappingCommand, InvokeCommand, LambdaClient, UpdateEventSourceMappingCommand, type CreateEventSourceMappingRequest } from '@aws-sdk/client-lambda'
import { DeleteItemCommand, DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb'
import { SQSClient } from '@aws-sdk/client-sqs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestSandbox, type TestSandbox } from '../../testing'
import { makeTable } from '../dynamodb/testing'
import { queueTools } from '../sqs/testing'
import { eventually, functionMaker, makeRole, zipOf } from './testing'

const POLICIES = ['service-role/AWSLambdaDynamoDBExecutionRole', 'AmazonSQSFullAccess', 'AmazonDynamoDBFullAccess']
/** Tells the sink what it got. */
const reports = (answer: string) => zipOf({
  'index.mjs': `import { SQSClient, SendMessageCommand } from '@aws-sdk/client-sqs'
const sqs = new SQSClient({})
const ids = (event) => event.Records.map((r) => r.dynamodb.Keys.id.S)
export const handler = async (event) => { await sqs.send(new SendMessageCommand({ QueueUrl: process.env.SINK, MessageBody: JSON.stringify(event)})); ${answer} }`,
})

let sandbox: TestSandbox
let lambda: LambdaClient
let db: DynamoDBClient
let tools: ReturnType<typeof queueTools>
let create: ReturnType<typeof functionMaker>
let counter = 0
let ownRole: string
function connect() {
  lambda = new LambdaClient(sandbox.learner)
  db = new DynamoDBClient(sandbox.learner)
  tools = queueTools(new SQSClient(sandbox.learner))
}
beforeAll(async () => {
  sandbox = await startTestSandbox()
  connect()
  ownRole = await makeRole(sandbox.learner, 'r', POLICIES)
  create = functionMaker(lambda, ownRole)
})
afterAll(() => sandbox.remove())

const put = (TableName: string, ...ids: string[]) => ids.reduce((before, id) => before.then(() => db.send(new PutItemCommand({ TableName, Item: { id: { S: id } } }))), Promise.resolve() as Promise<unknown>)

/** A table whose changes a function tells to a sink, in order. */
async function setUp({ answer = '', before = [], more = {} }: { answer?: string; before?: string[]; more?: Partial<CreateEventSourceMappingRequest> } = {}) {
  const name = `f${(counter += 1)}`
  const sink = await tools.make(`${name}-sink`)
  const { LatestStreamArn } = await makeTable(sandbox.learner, `${name}-table`, { StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' } })
  await put(`${name}-table`, ...before)
  await create(name, { zip: reports(answer), Environment: { Variables: { SINK: sink } } })
  const mapping = await lambda.send(new CreateEventSourceMappingCommand({ FunctionName: name, EventSourceArn: LatestStreamArn!, StartingPosition: 'TRIM_HORIZON', ...more }))
  const next = async () => {
    const [message] = await tools.receive(sink, { WaitTimeSeconds: 15, VisibilityTimeout: 60 })
    const event = JSON.parse(message!.Body!) as { Records: any[] }
    return event.Records
  }
  const nextIds = async () => (await next()).map(({ dynamodb }) => dynamodb.Keys.id.S as string)
  return { name, table: `${name}-table`, sink, arn: LatestStreamArn!, mapping, UUID: mapping.UUID!, next, nextIds }
}

describe('a stream mapped to a function', () => {
  it('hands its records over in the form of AWS', async () => {
    const { table, arn, next, mapping } = await setUp()
    expect(mapping).toMatchObject({ State: 'Creating', BatchSize: 100, StartingPosition: 'TRIM_HORIZON', MaximumRetryAttempts: -1, MaximumRecordAgeInSeconds: -1, ParallelizationFactor: 1, BisectBatchOnFunctionError: false, DestinationConfig: { OnFailure: {} } })
    await db.send(new PutItemCommand({ TableName: table, Item: { id: { S: 'a' }, bytes: { B: new Uint8Array([1, 2]) } } }))
    expect(await next()).toEqual([
      {
        eventID: expect.stringMatching(/^[0-9a-f]{32}$/),
        eventName: 'INSERT',
        eventVersion: '1.1',
        eventSource: 'aws:dynamodb',
        awsRegion: 'us-east-1',
        dynamodb: { ApproximateCreationDateTime: expect.any(Number), Keys: { id: { S: 'a' } }, NewImage: { id: { S: 'a' }, bytes: { B: 'AQI=' } }, SequenceNumber: expect.any(String), SizeBytes: expect.any(Number), StreamViewType: 'NEW_AND_OLD_IMAGES' },
        eventSourceARN: arn,
      },
    ])
    await db.send(new DeleteItemCommand({ TableName: table, Key: { id: { S: 'a' } } }))
    expect(await next()).toMatchObject([{ eventName: 'REMOVE', dynamodb: { OldImage: { id: { S: 'a' } } } }])
  })

  it('begins with the oldest record or with the next one, and keeps their order in batches', async () => {
    const oldest = await setUp({ before: ['a', 'b', 'c'], more: { BatchSize: 2 } })
    expect(await oldest.nextIds()).toEqual(['a', 'b'])
    expect(await oldest.nextIds()).toEqual(['c'])
    const latest = await setUp({ before: ['a', 'b'], more: { StartingPosition: 'LATEST' } })
    await put(latest.table, 'c')
    expect(await latest.nextIds()).toEqual(['c'])
  })

  it('gathers a batch within its window', async () => {
    const { table, nextIds } = await setUp({ more: { MaximumBatchingWindowInSeconds: 2 } })
    await put(table, 'a', 'b', 'c')
    expect(await nextIds()).toEqual(['a', 'b', 'c'])
  })

  it('hands over what passes its filters', async () => {
    const Filters = [{ Pattern: JSON.stringify({ eventName: ['INSERT'], dynamodb: { NewImage: { id: { S: [{ prefix: 'wanted' }] } } } }) }]
    const { table, nextIds } = await setUp({ more: { FilterCriteria: { Filters } } })
    await put(table, 'other', 'wanted-1')
    expect(await nextIds()).toEqual(['wanted-1'])
  })

  it('tries a failed batch again before anything behind it, and goes on from the record that is reported', async () => {
    const answer = 'const bad = event.Records.find((r) => r.dynamodb.Keys.id.S === "b" && !globalThis.again); if (bad) { globalThis.again = true; return { batchItemFailures: [{ itemIdentifier: bad.dynamodb.SequenceNumber }] } }'
    const { nextIds } = await setUp({ before: ['a', 'b', 'c'], answer, more: { FunctionResponseTypes: ['ReportBatchItemFailures'] } })
    expect(await nextIds()).toEqual(['a', 'b', 'c'])
    expect(await nextIds()).toEqual(['b', 'c'])
  })

  it('halves a batch that fails, tells a destination of what it gives up, and goes on', async () => {
    const dead = await tools.make(`esm-dead-${(counter += 1)}`)
    const { nextIds, arn, name } = await setUp({
      before: ['a', 'b', 'poison', 'd'],
      answer: 'if (ids(event).includes("poison")) throw new Error("no")',
      more: { BisectBatchOnFunctionError: true, MaximumRetryAttempts: 1, DestinationConfig: { OnFailure: { Destination: await tools.attribute(dead, 'QueueArn') } } },
    })
    const seen: string[][] = []
    while (seen.length < 6) seen.push(await nextIds())
    expect(seen).toEqual([['a', 'b', 'poison', 'd'], ['a', 'b'], ['poison', 'd'], ['poison'], ['poison'], ['d']])
    const [message] = await tools.receive(dead, { WaitTimeSeconds: 10 })
    expect(JSON.parse(message!.Body!)).toMatchObject({
      requestContext: { functionArn: expect.stringContaining(`function:${name}`), condition: 'RetryAttemptsExhausted', approximateInvokeCount: 2 },
      responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
      version: '1.0',
      DDBStreamBatchInfo: { batchSize: 1, streamArn: arn, shardId: expect.stringMatching(/^shardId-/), startSequenceNumber: expect.any(String) },
    })
  })

  it('stays where it was while it is switched off, and across a restart', async () => {
    const { table, UUID, nextIds } = await setUp({ before: ['a'] })
    expect(await nextIds()).toEqual(['a'])
    await eventually(async () => ((await lambda.send(new GetEventSourceMappingCommand({ UUID }))).State === 'Enabled' ? true : undefined))
    await lambda.send(new UpdateEventSourceMappingCommand({ UUID, Enabled: false }))
    // The batch that is at work is seen through first.
    await eventually(async () => ((await lambda.send(new GetEventSourceMappingCommand({ UUID }))).State === 'Disabled' ? true : undefined))
    await put(table, 'b')
    const { learner } = sandbox
    await sandbox.close()
    sandbox = await startTestSandbox({ data: sandbox.dataDir, port: Number(new URL(learner.endpoint).port) })
    sandbox.learner = learner
    connect()
    await lambda.send(new UpdateEventSourceMappingCommand({ UUID, Enabled: true }))
    expect(await nextIds()).toEqual(['b'])
  })
})

describe('a mapping is refused', () => {
  it('where the role may not read the stream', async () => {
    const { LatestStreamArn } = await makeTable(sandbox.learner, 'forbidden', { StreamSpecification: { StreamEnabled: true, StreamViewType: 'KEYS_ONLY' } })
    await functionMaker(lambda, await makeRole(sandbox.learner, 'bare'))('forbidden')
    await expect(lambda.send(new CreateEventSourceMappingCommand({ FunctionName: 'forbidden', EventSourceArn: LatestStreamArn!, StartingPosition: 'LATEST' }))).rejects.toMatchObject({
      name: 'InvalidParameterValueException',
      message: `Cannot access stream ${LatestStreamArn}. Please ensure the role can perform the GetRecords, GetShardIterator, DescribeStream, and ListStreams Actions on your stream in IAM.`,
    })
  })

  it('where the stream is not there, or is told to begin nowhere', async () => {
    const arn = `arn:aws:dynamodb:us-east-1:${ownRole.split(':')[4]}:table/none/stream/2026-01-01T00:00:00.000`
    await functionMaker(lambda, ownRole)('lost')
    const map = (more: object) => lambda.send(new CreateEventSourceMappingCommand({ FunctionName: 'lost', EventSourceArn: arn, ...more }))
    await expect(map({ StartingPosition: 'LATEST' })).rejects.toMatchObject({ name: 'InvalidParameterValueException', message: `Stream not found: ${arn}` })
    await expect(map({})).rejects.toMatchObject({ name: 'InvalidParameterValueException' })
    await expect(map({ StartingPosition: 'AT_TIMESTAMP' })).rejects.toMatchObject({ name: 'InvalidParameterValueException', message: `Unsupported starting position for arn type: ${arn}` })
  })
})

describe('a function', () => {
  const uses = zipOf({
    'index.mjs': `import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb'
const db = new DynamoDBClient({})
export const handler = async ({ TableName }) => {
  await db.send(new PutItemCommand({ TableName, Item: { id: { S: 'from-node' } } }))
  return (await db.send(new GetItemCommand({ TableName, Key: { id: { S: 'from-node' } } }))).Item
}`,
  })
  const invoke = async (FunctionName: string) => JSON.parse(Buffer.from((await lambda.send(new InvokeCommand({ FunctionName, Payload: Buffer.from('{"TableName":"used"}') }))).Payload!).toString())

  it('puts and gets items with the right of its role, and not without', async () => {
    await makeTable(sandbox.learner, 'used')
    const role = (name: string, policies: string[]) => makeRole(sandbox.learner, name, policies)
    await functionMaker(lambda, await role('writer', ['AmazonDynamoDBFullAccess']))('writer', { zip: uses })
    expect(await invoke('writer')).toEqual({ id: { S: 'from-node' } })
    await functionMaker(lambda, await role('reader', ['service-role/AWSLambdaDynamoDBExecutionRole']))('reader', { zip: uses })
    expect(await invoke('reader')).toMatchObject({ errorType: 'AccessDeniedException', errorMessage: expect.stringContaining('is not authorized to perform: dynamodb:PutItem on resource: arn:aws:dynamodb:us-east-1:') })
  })

  it('does so in Python with boto3', async (test) => {
    if (!(await sandbox.admin('GET', '/_worklab/status')).runtimes['python3.11'].available) return test.skip()
    const code = `import boto3
table = boto3.resource("dynamodb").Table("used")
def handler(event, context):
    table.put_item(Item={"id": "from-python", "n": 1})
    return {"n": int(table.get_item(Key={"id": "from-python"})["Item"]["n"])}`
    await functionMaker(lambda, ownRole)('python', { zip: zipOf({ 'app.py': code }), Runtime: 'python3.11', Handler: 'app.handler' })
    const answer = await invoke('python')
    // A machine whose Python has no boto3 says so, which is tested beside the engine.
    if (answer.errorType === 'Runtime.ImportModuleError') return test.skip()
    expect(answer).toEqual({ n: 1 })
    expect((await db.send(new GetItemCommand({ TableName: 'used', Key: { id: { S: 'from-python' } } }))).Item).toEqual({ id: { S: 'from-python' }, n: { N: '1' } })
  })
})
