import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as sdk from '@aws-sdk/client-dynamodb'
import { afterAll, beforeAll, describe } from 'vitest'
import { createAccount } from '../../accounts'
import { itAnswersTheDocumentedErrors, type Provoke } from '../../documented-errors-testing'
import { openState, type Sandbox } from '../../sandbox'
import { startTestSandbox, type TestSandbox } from '../../testing'
import documented from './documented-errors.json' with { type: 'json' }
import { dynamoDb } from './index'
import { tables } from './records'
import { callStreams, makeTable } from './testing'
import documentedOfStreams from './streams/documented-errors.json' with { type: 'json' }
import { dynamoDbStreams } from './streams/index'

const MOST_TABLES = 2500

let sandbox: TestSandbox
let client: sdk.DynamoDBClient
let full: sdk.DynamoDBClient
let tableArn: string
let streamArn: string
beforeAll(async () => {
  const data = mkdtempSync(join(tmpdir(), 'sandbox-'))
  const fullAccount = await fillAnAccount(data)
  sandbox = await startTestSandbox({ data })
  client = new sdk.DynamoDBClient(sandbox.learner)
  full = new sdk.DynamoDBClient(sandbox.as(await sandbox.admin('GET', `/_worklab/accounts/${fullAccount}/keys`)))
  const made = await makeTable(sandbox.learner, 'there', { StreamSpecification: { StreamEnabled: true, StreamViewType: 'KEYS_ONLY' } })
  tableArn = made.TableArn!
  streamArn = made.LatestStreamArn!
  await client.send(new sdk.PutItemCommand({ TableName: 'there', Item: { id: { S: 'x' } } }))
})
afterAll(() => sandbox.remove())

/** An account with all the tables that it may have, made straight in the store. */
async function fillAnAccount(data: string): Promise<string> {
  const state = await openState({ data })
  const { accountId } = await createAccount({ ...state, now: Date.now } as Partial<Sandbox> as Sandbox)
  const scope = `${accountId}/us-east-1`
  await state.store.batch(Array.from({ length: MOST_TABLES }, (_, i) => ({ collection: tables, scope, key: `full-${i}`, value: { account: accountId, region: 'us-east-1', name: `full-${i}`, streams: [], tags: {}, schema: { TableName: `full-${i}`, AttributeDefinitions: [], KeySchema: [] } } })))
  await state.close()
  return accountId
}

const TableName = 'none'
const Key = { id: { S: 'x' } }
const noTable = () => tableArn.replace('/there', '/none')
const newTable: sdk.CreateTableCommandInput = { TableName: 'there', BillingMode: 'PAY_PER_REQUEST', AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }], KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }] }
const PITR = { PointInTimeRecoveryEnabled: true }
const TTL = { Enabled: true, AttributeName: 'expires' }

/** A call on a table that is not there, for each operation that takes one. */
const onNothing: Record<string, () => object> = {
  BatchGetItem: () => ({ RequestItems: { none: { Keys: [Key] } } }),
  BatchWriteItem: () => ({ RequestItems: { none: [{ PutRequest: { Item: Key } }] } }),
  DeleteItem: () => ({ TableName, Key }),
  DeleteResourcePolicy: () => ({ ResourceArn: noTable() }),
  DeleteTable: () => ({ TableName }),
  DescribeTable: () => ({ TableName }),
  DescribeTimeToLive: () => ({ TableName }),
  GetItem: () => ({ TableName, Key }),
  GetResourcePolicy: () => ({ ResourceArn: noTable() }),
  ListTagsOfResource: () => ({ ResourceArn: noTable() }),
  PutItem: () => ({ TableName, Item: Key }),
  PutResourcePolicy: () => ({ ResourceArn: noTable(), Policy: '{"Statement":[]}' }),
  Query: () => ({ TableName, KeyConditionExpression: 'id = :i', ExpressionAttributeValues: { ':i': { S: 'x' } } }),
  Scan: () => ({ TableName }),
  TagResource: () => ({ ResourceArn: noTable(), Tags: [{ Key: 'a', Value: 'b' }] }),
  TransactGetItems: () => ({ TransactItems: [{ Get: { TableName, Key } }] }),
  TransactWriteItems: () => ({ TransactItems: [{ Put: { TableName, Item: Key } }] }),
  UntagResource: () => ({ ResourceArn: noTable(), TagKeys: ['a'] }),
  UpdateItem: () => ({ TableName, Key }),
  UpdateTable: () => ({ TableName, DeletionProtectionEnabled: true }),
  UpdateTimeToLive: () => ({ TableName, TimeToLiveSpecification: TTL }),
}

const call = (name: string, input: () => object, of = () => client): Provoke => () => of().send(new (sdk as unknown as Record<string, new (input: object) => any>)[`${name}Command`]!(input()))

const provoked: Record<string, Provoke> = {
  ...Object.fromEntries(Object.entries(onNothing).map(([name, input]) => [`${name} ResourceNotFoundException`, call(name, input)])),
  'DescribeContinuousBackups TableNotFoundException': call('DescribeContinuousBackups', () => ({ TableName })),
  'UpdateContinuousBackups TableNotFoundException': call('UpdateContinuousBackups', () => ({ TableName, PointInTimeRecoverySpecification: PITR })),
  'CreateTable ResourceInUseException': call('CreateTable', () => newTable),
  'CreateTable LimitExceededException': call('CreateTable', () => newTable, () => full),
  'UpdateTable LimitExceededException': call('UpdateTable', () => {
    const index = (IndexName: string) => ({ Create: { IndexName, KeySchema: newTable.KeySchema, Projection: { ProjectionType: 'ALL' } } })
    return { TableName: 'there', GlobalSecondaryIndexUpdates: [index('one'), index('two')] }
  }),
  ...Object.fromEntries(
    (['PutItem', 'UpdateItem', 'DeleteItem'] as const).map((name) => [
      `${name} ConditionalCheckFailedException`,
      call(name, () => ({ TableName: 'there', ...(name === 'PutItem' ? { Item: Key } : { Key }), ConditionExpression: 'attribute_not_exists(id)' })),
    ]),
  ),
  'GetResourcePolicy PolicyNotFoundException': call('GetResourcePolicy', () => ({ ResourceArn: tableArn })),
  'DeleteResourcePolicy PolicyNotFoundException': call('DeleteResourcePolicy', () => ({ ResourceArn: tableArn, ExpectedRevisionId: '1' })),
  'PutResourcePolicy PolicyNotFoundException': call('PutResourcePolicy', () => ({ ResourceArn: tableArn, Policy: '{"Statement":[]}', ExpectedRevisionId: '1' })),
  'TransactWriteItems TransactionCanceledException': call('TransactWriteItems', () => ({ TransactItems: [{ ConditionCheck: { TableName: 'there', Key, ConditionExpression: 'attribute_not_exists(id)' } }] })),
  'TransactGetItems TransactionCanceledException': call('TransactGetItems', () => ({ TransactItems: [{ Get: { TableName: 'there', Key: { other: { S: 'x' } } } }] })),
  'TransactWriteItems IdempotentParameterMismatchException': async () => {
    for (const id of ['a', 'b']) await client.send(new sdk.TransactWriteItemsCommand({ ClientRequestToken: 'once', TransactItems: [{ Put: { TableName: 'there', Item: { id: { S: id } } } }] }))
  },
}

const AT_ONCE = 'Changes of tables are done before they are answered, so that no other ever meets one under way.'
const never: Record<string, string> = {
  InternalServerError: 'A failure of AWS itself; the sandbox answers 500 by a defect only.',
  RequestLimitExceeded: 'The sandbox does not throttle: an account has no limit of throughput here.',
  ThrottlingException: 'The sandbox does not throttle control-plane calls.',
  ProvisionedThroughputExceededException: 'Provisioned throughput is kept and told, and not enforced.',
  ReplicatedWriteConflictException: 'There are no global tables with strong consistency here.',
  ItemCollectionSizeLimitExceededException: 'Ten gigabytes under one hash key are more than a sandbox holds.',
  TransactionConflictException: 'Writes and transactions on a table follow one another, so that none conflicts.',
  TransactionInProgressException: 'The same token waits for the transaction that has it, and then gets that one\'s answer.',
  ContinuousBackupsUnavailableException: 'Continuous backups are settled at once.',
  ...Object.fromEntries(['DeleteTable', 'UpdateTable', 'TagResource', 'UntagResource', 'UpdateTimeToLive', 'PutResourcePolicy', 'DeleteResourcePolicy'].map((name) => [`${name} ResourceInUseException`, AT_ONCE])),
  ...Object.fromEntries(['DeleteTable', 'TagResource', 'UntagResource', 'UpdateTimeToLive', 'PutResourcePolicy', 'DeleteResourcePolicy'].map((name) => [`${name} LimitExceededException`, `It is about too many changes at once. ${AT_ONCE}`])),
}

describe('DynamoDB', () => {
  itAnswersTheDocumentedErrors({ service: dynamoDb, documented, provoked, never })
})

describe('DynamoDB Streams', () => {
  const noStream = () => streamArn.replace('/there', '/none')
  const shard = async () => (await callStreams(sandbox.learner, 'DescribeStream', { StreamArn: streamArn })).StreamDescription.Shards[0].ShardId as string
  const streams = (name: string, input: () => object): Provoke => () => callStreams(sandbox.learner, name, input())
  /** An iterator that stands at a sequence number, made so long ago. */
  const iterator = (arn: string, after: string, ago = 0) => `${arn}|1|${Buffer.from(JSON.stringify([after, Date.now() - ago])).toString('base64')}`
  const forgotten = async () => {
    const { accountId, config } = await sandbox.newAccount()
    const { LatestStreamArn: arn } = await makeTable(config, 'old', { StreamSpecification: { StreamEnabled: true, StreamViewType: 'KEYS_ONLY' } })
    const db = new sdk.DynamoDBClient(config)
    for (const id of ['a', 'b']) await db.send(new sdk.PutItemCommand({ TableName: 'old', Item: { id: { S: id } } }))
    const { Shards } = (await callStreams(config, 'DescribeStream', { StreamArn: arn })).StreamDescription
    const get = (name: string, input: object) => callStreams(config, name, input)
    const position = async (type: string, more: object = {}) => (await get('GetShardIterator', { StreamArn: arn, ShardId: Shards[0].ShardId, ShardIteratorType: type, ...more })).ShardIterator as string
    const { Records } = await get('GetRecords', { ShardIterator: await position('TRIM_HORIZON') })
    const first = Records[0].dynamodb.SequenceNumber as string
    await fetch(`${sandbox.url}/_worklab/accounts/${accountId}/clock`, { method: 'POST', headers: { authorization: `Bearer ${sandbox.adminToken}` }, body: '{"forwardSeconds":90000}' })
    const ahead = 90_000_000
    const isGone = async () => (await get('GetRecords', { ShardIterator: await position('TRIM_HORIZON') })).Records.length === 0
    while (!(await isGone())) await new Promise((resolve) => setTimeout(resolve, 20))
    return { position, first, read: () => get('GetRecords', { ShardIterator: iterator(arn!, first, -ahead) }) }
  }
  itAnswersTheDocumentedErrors({
    service: dynamoDbStreams,
    documented: documentedOfStreams,
    provoked: {
      'DescribeStream ResourceNotFoundException': streams('DescribeStream', () => ({ StreamArn: noStream() })),
      'GetRecords ResourceNotFoundException': streams('GetRecords', () => ({ ShardIterator: iterator(noStream(), '') })),
      'GetShardIterator ResourceNotFoundException': async () => callStreams(sandbox.learner, 'GetShardIterator', { StreamArn: noStream(), ShardId: await shard(), ShardIteratorType: 'LATEST' }),
      'ListStreams ResourceNotFoundException': streams('ListStreams', () => ({ TableName })),
      'GetRecords ExpiredIteratorException': streams('GetRecords', () => ({ ShardIterator: iterator(streamArn, '', 16 * 60_000) })),
      'GetShardIterator TrimmedDataAccessException': async () => {
        const { position, first } = await forgotten()
        await position('AFTER_SEQUENCE_NUMBER', { SequenceNumber: first })
      },
      'GetRecords TrimmedDataAccessException': async () => (await forgotten()).read(),
    },
    never: {
      InternalServerError: never.InternalServerError!,
      'GetRecords LimitExceededException': 'The sandbox lets any number of readers have a shard.',
    },
  })
})
