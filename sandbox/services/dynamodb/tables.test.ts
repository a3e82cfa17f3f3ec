import {
  CreateTableCommand,
  DeleteTableCommand,
  DescribeContinuousBackupsCommand,
  DescribeEndpointsCommand,
  DescribeLimitsCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  DynamoDBClient,
  ExecuteStatementCommand,
  ListTablesCommand,
  ListTagsOfResourceCommand,
  PutItemCommand,
  QueryCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateContinuousBackupsCommand,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
  waitUntilTableExists,
  waitUntilTableNotExists,
  type CreateTableCommandInput,
} from '@aws-sdk/client-dynamodb'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sendSigned } from '../../raw-request'
import { startTestSandbox, type TestSandbox } from '../../testing'
import { makeTable } from './testing'

let sandbox: TestSandbox
let client: DynamoDBClient
beforeAll(async () => {
  sandbox = await startTestSandbox()
  client = new DynamoDBClient(sandbox.learner)
})
afterAll(() => sandbox.remove())

const described = async (TableName: string) => (await client.send(new DescribeTableCommand({ TableName }))).Table!
const key = (AttributeName: string) => [{ AttributeName, KeyType: 'HASH' as const }]

describe('a table', () => {
  it('is told with all that it was made with', async () => {
    const input: CreateTableCommandInput = {
      TableName: 'full',
      AttributeDefinitions: [{ AttributeName: 'a', AttributeType: 'S' }, { AttributeName: 'b', AttributeType: 'N' }],
      KeySchema: [{ AttributeName: 'a', KeyType: 'HASH' }, { AttributeName: 'b', KeyType: 'RANGE' }],
      ProvisionedThroughput: { ReadCapacityUnits: 5, WriteCapacityUnits: 6 },
      GlobalSecondaryIndexes: [{ IndexName: 'by-b', KeySchema: key('b'), Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['c'] }, ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: 2 } }],
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' },
      SSESpecification: { Enabled: true, SSEType: 'KMS' },
      TableClass: 'STANDARD_INFREQUENT_ACCESS',
      DeletionProtectionEnabled: true,
      Tags: [{ Key: 'team', Value: 'books' }],
    }
    const { TableDescription } = await client.send(new CreateTableCommand(input))
    expect(TableDescription).toMatchObject({ TableStatus: 'CREATING', GlobalSecondaryIndexes: [{ IndexStatus: 'CREATING' }] })
    expect((await waitUntilTableExists({ client, maxWaitTime: 10, minDelay: 1 }, { TableName: 'full' })).state).toBe('SUCCESS')
    const arn = `arn:aws:dynamodb:us-east-1:${sandbox.accountId}:table/full`
    expect(await described('full')).toMatchObject({
      TableStatus: 'ACTIVE', TableArn: arn, TableId: expect.stringMatching(/^[0-9a-f-]{36}$/), ItemCount: 0, TableSizeBytes: 0, CreationDateTime: expect.any(Date),
      KeySchema: input.KeySchema, AttributeDefinitions: input.AttributeDefinitions,
      ProvisionedThroughput: { ReadCapacityUnits: 5, WriteCapacityUnits: 6, NumberOfDecreasesToday: 0 },
      GlobalSecondaryIndexes: [{ IndexName: 'by-b', IndexStatus: 'ACTIVE', IndexArn: `${arn}/index/by-b`, ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: 2 }, Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['c'] } }],
      StreamSpecification: input.StreamSpecification, LatestStreamArn: expect.stringMatching(`^${arn}/stream/20`), LatestStreamLabel: expect.any(String),
      SSEDescription: { Status: 'ENABLED', SSEType: 'KMS', KMSMasterKeyArn: `arn:aws:kms:us-east-1:${sandbox.accountId}:alias/aws/dynamodb` },
      TableClassSummary: { TableClass: 'STANDARD_INFREQUENT_ACCESS' }, DeletionProtectionEnabled: true,
    })
    expect((await client.send(new ListTagsOfResourceCommand({ ResourceArn: arn }))).Tags).toEqual([{ Key: 'team', Value: 'books' }])
  })

  it('goes away, with all that was in it, unless it is protected', async () => {
    await makeTable(sandbox.learner, 'brief', { DeletionProtectionEnabled: true })
    await client.send(new PutItemCommand({ TableName: 'brief', Item: { id: { S: 'x' } } }))
    await expect(client.send(new DeleteTableCommand({ TableName: 'brief' }))).rejects.toMatchObject({ name: 'ValidationException', message: 'Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.' })
    await client.send(new UpdateTableCommand({ TableName: 'brief', DeletionProtectionEnabled: false }))
    expect((await client.send(new DeleteTableCommand({ TableName: 'brief' }))).TableDescription!.TableStatus).toBe('DELETING')
    expect((await waitUntilTableNotExists({ client, maxWaitTime: 10, minDelay: 1 }, { TableName: 'brief' })).state).toBe('SUCCESS')
    await makeTable(sandbox.learner, 'brief')
    expect(await described('brief')).toMatchObject({ ItemCount: 0 })
  })

  it('changes how it is paid for', async () => {
    await makeTable(sandbox.learner, 'paid')
    expect(await described('paid')).toMatchObject({ BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' }, ProvisionedThroughput: { ReadCapacityUnits: 0, WriteCapacityUnits: 0 } })
    await client.send(new UpdateTableCommand({ TableName: 'paid', BillingMode: 'PROVISIONED', ProvisionedThroughput: { ReadCapacityUnits: 3, WriteCapacityUnits: 3 } }))
    expect(await described('paid')).toMatchObject({ BillingModeSummary: { BillingMode: 'PROVISIONED' }, ProvisionedThroughput: { ReadCapacityUnits: 3, WriteCapacityUnits: 3 } })
    await client.send(new UpdateTableCommand({ TableName: 'paid', ProvisionedThroughput: { ReadCapacityUnits: 2, WriteCapacityUnits: 3 } }))
    expect(await described('paid')).toMatchObject({ ProvisionedThroughput: { ReadCapacityUnits: 2, NumberOfDecreasesToday: 1, LastDecreaseDateTime: expect.any(Date) } })
    await expect(client.send(new UpdateTableCommand({ TableName: 'paid', ProvisionedThroughput: { ReadCapacityUnits: 2, WriteCapacityUnits: 3 } }))).rejects.toMatchObject({ message: expect.stringContaining('The provisioned throughput for the table will not change.') })
  })

  it('gets and loses an index, which holds what was there before', async () => {
    await makeTable(sandbox.learner, 'indexed')
    for (const [id, kind] of [['a', 'x'], ['b', 'y'], ['c', 'x']]) await client.send(new PutItemCommand({ TableName: 'indexed', Item: { id: { S: id! }, kind: { S: kind! } } }))
    await client.send(new PutItemCommand({ TableName: 'indexed', Item: { id: { S: 'other' }, kind: { N: '1' } } }))
    const AttributeDefinitions = [{ AttributeName: 'id', AttributeType: 'S' as const }, { AttributeName: 'kind', AttributeType: 'S' as const }]
    const Create = { IndexName: 'by-kind', KeySchema: key('kind'), Projection: { ProjectionType: 'KEYS_ONLY' as const } }
    const { TableDescription } = await client.send(new UpdateTableCommand({ TableName: 'indexed', AttributeDefinitions, GlobalSecondaryIndexUpdates: [{ Create }] }))
    expect(TableDescription).toMatchObject({ TableStatus: 'UPDATING', GlobalSecondaryIndexes: [{ IndexStatus: 'CREATING' }] })
    const { Items } = await client.send(new QueryCommand({ TableName: 'indexed', IndexName: 'by-kind', KeyConditionExpression: 'kind = :k', ExpressionAttributeValues: { ':k': { S: 'x' } } }))
    expect(Items!.map(({ id }) => id!.S).sort()).toEqual(['a', 'c'])
    expect(await described('indexed')).toMatchObject({ GlobalSecondaryIndexes: [{ ItemCount: 3 }], AttributeDefinitions })
    await expect(client.send(new UpdateTableCommand({ TableName: 'indexed', AttributeDefinitions, GlobalSecondaryIndexUpdates: [{ Create }] }))).rejects.toMatchObject({ message: 'Attempting to create an index which already exists' })
    await client.send(new UpdateTableCommand({ TableName: 'indexed', GlobalSecondaryIndexUpdates: [{ Delete: { IndexName: 'by-kind' } }] }))
    const after = await described('indexed')
    expect(after.GlobalSecondaryIndexes).toBeUndefined()
    expect(after.AttributeDefinitions).toEqual([AttributeDefinitions[0]])
  })

  it.each<[string, object, string]>([
    ['no throughput', { BillingMode: undefined }, 'One or more parameter values were invalid: ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED'],
    ['a key that is not defined', { KeySchema: key('other') }, 'One or more parameter values were invalid: Some index key attributes are not defined in AttributeDefinitions. Keys: [other], AttributeDefinitions: [id]'],
    ['a name with a space', { TableName: 'a b c' }, "1 validation error detected: Value 'a b c' at 'tableName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+"],
    ['a stream without a view', { StreamSpecification: { StreamEnabled: true } }, 'One or more parameter values were invalid: StreamViewType is required when stream is enabled'],
    ['a view that is none', { StreamSpecification: { StreamEnabled: true, StreamViewType: 'ALL' } }, "1 validation error detected: Value 'ALL' at 'streamSpecification.streamViewType' failed to satisfy constraint: Member must satisfy enum value set: [NEW_IMAGE, OLD_IMAGE, NEW_AND_OLD_IMAGES, KEYS_ONLY]"],
    ['a tag twice', { Tags: [{ Key: 'a', Value: '1' }, { Key: 'a', Value: '2' }] }, 'One or more parameter values were invalid: Duplicate tag keys are not allowed'],
  ])('is not made with %s', async (_, more, message) => {
    await expect(makeTable(sandbox.learner, 'refused', more)).rejects.toMatchObject({ name: 'ValidationException', message })
  })

  it('is listed by name, page by page', async () => {
    const { accountId: _, config } = await sandbox.newAccount()
    const own = new DynamoDBClient(config)
    for (const name of ['ccc', 'aaa', 'bbb']) await makeTable(config, name)
    expect(await own.send(new ListTablesCommand({}))).toMatchObject({ TableNames: ['aaa', 'bbb', 'ccc'] })
    const page = await own.send(new ListTablesCommand({ Limit: 2 }))
    expect(page).toMatchObject({ TableNames: ['aaa', 'bbb'], LastEvaluatedTableName: 'bbb' })
    const last = await own.send(new ListTablesCommand({ Limit: 2, ExclusiveStartTableName: page.LastEvaluatedTableName! }))
    expect([last.TableNames, last.LastEvaluatedTableName]).toEqual([['ccc'], undefined])
    expect((await new DynamoDBClient({ ...config, region: 'eu-west-1' }).send(new ListTablesCommand({}))).TableNames).toEqual([])
  })

  it('is known by its ARN too, and is in the inventory', async () => {
    const { TableArn } = await makeTable(sandbox.learner, 'by-arn')
    await client.send(new PutItemCommand({ TableName: TableArn!, Item: { id: { S: 'x' } } }))
    expect(await described(TableArn!)).toMatchObject({ TableName: 'by-arn', ItemCount: 1 })
    const { resources } = await sandbox.admin('GET', `/_worklab/accounts/${sandbox.accountId}/resources`)
    expect(resources).toContainEqual({ service: 'dynamodb', type: 'table', name: 'by-arn', arn: TableArn, createdAt: expect.stringMatching(/Z$/) })
  })
})

describe('settings of a table', () => {
  it('say when items expire', async () => {
    await makeTable(sandbox.learner, 'expiring')
    const ttl = (Enabled: boolean, AttributeName = 'expires') => client.send(new UpdateTimeToLiveCommand({ TableName: 'expiring', TimeToLiveSpecification: { Enabled, AttributeName } }))
    const state = async () => (await client.send(new DescribeTimeToLiveCommand({ TableName: 'expiring' }))).TimeToLiveDescription
    expect(await state()).toEqual({ TimeToLiveStatus: 'DISABLED' })
    expect((await ttl(true)).TimeToLiveSpecification).toEqual({ Enabled: true, AttributeName: 'expires' })
    expect(await state()).toEqual({ TimeToLiveStatus: 'ENABLED', AttributeName: 'expires' })
    await expect(ttl(true)).rejects.toMatchObject({ name: 'ValidationException', message: 'TimeToLive is already enabled' })
    await expect(ttl(true, 'other')).rejects.toMatchObject({ message: 'TimeToLive is active on a different AttributeName: current AttributeName is expires' })
    await ttl(false)
    await expect(ttl(false)).rejects.toMatchObject({ message: 'TimeToLive is already disabled' })
  })

  it('say whether it can be restored', async () => {
    await makeTable(sandbox.learner, 'backed')
    const state = async () => (await client.send(new DescribeContinuousBackupsCommand({ TableName: 'backed' }))).ContinuousBackupsDescription
    expect(await state()).toEqual({ ContinuousBackupsStatus: 'ENABLED', PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus: 'DISABLED' } })
    await client.send(new UpdateContinuousBackupsCommand({ TableName: 'backed', PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } }))
    expect(await state()).toMatchObject({ PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus: 'ENABLED', RecoveryPeriodInDays: 35, EarliestRestorableDateTime: expect.any(Date) } })
  })

  it('are its tags', async () => {
    const ResourceArn = (await makeTable(sandbox.learner, 'tagged')).TableArn!
    await client.send(new TagResourceCommand({ ResourceArn, Tags: [{ Key: 'a', Value: '1' }, { Key: 'b', Value: '2' }] }))
    await client.send(new TagResourceCommand({ ResourceArn, Tags: [{ Key: 'a', Value: '3' }] }))
    await client.send(new UntagResourceCommand({ ResourceArn, TagKeys: ['b'] }))
    expect((await client.send(new ListTagsOfResourceCommand({ ResourceArn }))).Tags).toEqual([{ Key: 'a', Value: '3' }])
    await expect(client.send(new TagResourceCommand({ ResourceArn, Tags: Array.from({ length: 50 }, (_, i) => ({ Key: `k${i}`, Value: '' })) }))).rejects.toMatchObject({ name: 'ValidationException' })
  })
})

describe('the service', () => {
  it('tells its limits and where it is', async () => {
    expect(await client.send(new DescribeLimitsCommand({}))).toMatchObject({ TableMaxReadCapacityUnits: 40_000 })
    expect((await client.send(new DescribeEndpointsCommand({}))).Endpoints).toEqual([{ Address: new URL(sandbox.url).host, CachePeriodInMinutes: 1440 }])
  })

  it('has no PartiQL, and says so', async () => {
    await expect(client.send(new ExecuteStatementCommand({ Statement: 'SELECT * FROM t' }))).rejects.toMatchObject({ name: 'NotImplemented', $metadata: { httpStatusCode: 501 } })
  })

  it('answers with the checksum and the error names of DynamoDB', async () => {
    const ask = (target: string, body: string) => sendSigned(sandbox.learner, { service: 'dynamodb', method: 'POST', path: '/', headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': `DynamoDB_20120810.${target}` }, body: Buffer.from(body) })
    const fine = await ask('ListTables', '{"Limit":1}')
    expect(fine.headers['content-type']).toBe('application/x-amz-json-1.0')
    expect(fine.headers['x-amz-crc32']).toMatch(/^\d+$/)
    const type = async (target: string, body: string) => (JSON.parse((await ask(target, body)).text) as { __type: string }).__type
    expect(await type('ListTables', '{"Limit":1000}')).toBe('com.amazon.coral.validate#ValidationException')
    expect(await type('ListTables', '{"Limit":"1"}')).toBe('com.amazon.coral.service#SerializationException')
    expect(await type('DescribeTable', '{"TableName":"none"}')).toBe('com.amazonaws.dynamodb.v20120810#ResourceNotFoundException')
  })
})
