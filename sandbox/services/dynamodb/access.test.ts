import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  CreateTableCommand,
  DeleteResourcePolicyCommand,
  DynamoDBClient,
  GetItemCommand,
  GetResourcePolicyCommand,
  ListTablesCommand,
  PutItemCommand,
  PutResourcePolicyCommand,
  QueryCommand,
  ScanCommand,
  TransactGetItemsCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { policy, startTestAccount, type TestAccount } from '../iam/test-account'
import type { ClientConfig } from '../../testing'
import { callStreams, makeTable } from './testing'

let account: TestAccount
let config: ClientConfig
let counter = 0
let arn: (rest: string) => string
let streamArn: string
beforeAll(async () => {
  account = await startTestAccount()
  config = { endpoint: account.sandbox.url, region: 'us-east-1', credentials: account.keys, maxAttempts: 1 }
  arn = (rest) => `arn:aws:dynamodb:us-east-1:${account.accountId}:${rest}`
  const { LatestStreamArn } = await makeTable(config, 'scores', {
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }, { AttributeName: 'game', AttributeType: 'S' }],
    GlobalSecondaryIndexes: [{ IndexName: 'by-game', KeySchema: [{ AttributeName: 'game', KeyType: 'HASH' }], Projection: { ProjectionType: 'ALL' } }],
    StreamSpecification: { StreamEnabled: true, StreamViewType: 'KEYS_ONLY' },
    Tags: [{ Key: 'team', Value: 'games' }],
  })
  streamArn = LatestStreamArn!
  await makeTable(config, 'secrets')
  await new DynamoDBClient(config).send(new PutItemCommand({ TableName: 'scores', Item: { id: { S: 'an' }, game: { S: 'chess' }, score: { N: '1' } } }))
})
afterAll(() => account.close())

const Key = { id: { S: 'an' } }
const TableName = 'scores'
/** A client of a new user who has these statements. */
async function as(...statements: object[]): Promise<DynamoDBClient> {
  return new DynamoDBClient(await configOf(...statements))
}
async function configOf(...statements: object[]): Promise<ClientConfig> {
  return { ...config, credentials: await account.user(`user-${(counter += 1)}`, statements.length > 0 ? statements.map((statement) => ({ Effect: 'Allow', ...statement })) : undefined) }
}
const denied = (action: string, resource: string) => ({ name: 'AccessDeniedException', message: expect.stringMatching(`is not authorized to perform: dynamodb:${action} on resource: ${resource.replace(/[$*]/g, '\\$&')} because`) })

describe('IAM decides', () => {
  it('on the table, by the operation', async () => {
    const reader = await as({ Action: ['dynamodb:GetItem', 'dynamodb:Scan'], Resource: arn('table/scores') })
    await reader.send(new GetItemCommand({ TableName, Key }))
    await expect(reader.send(new PutItemCommand({ TableName, Item: Key }))).rejects.toMatchObject(denied('PutItem', arn('table/scores')))
    await expect(reader.send(new GetItemCommand({ TableName: 'secrets', Key }))).rejects.toMatchObject(denied('GetItem', arn('table/secrets')))
    await expect(reader.send(new ListTablesCommand({}))).rejects.toMatchObject({ name: 'AccessDeniedException' })
    await expect(reader.send(new CreateTableCommand({ TableName: 'own', BillingMode: 'PAY_PER_REQUEST', AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }], KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }] }))).rejects.toMatchObject(denied('CreateTable', arn('table/own')))
  })

  it('on the tags of a table that is being made', async () => {
    const make = new CreateTableCommand({ TableName: 'own', BillingMode: 'PAY_PER_REQUEST', AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }], KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }], Tags: [{ Key: 'a', Value: 'b' }] })
    await expect((await as({ Action: 'dynamodb:CreateTable', Resource: arn('table/own') })).send(make)).rejects.toMatchObject(denied('TagResource', arn('table/own')))
    await (await as({ Action: ['dynamodb:CreateTable', 'dynamodb:TagResource'], Resource: arn('table/own') })).send(make)
  })

  it('on an index as a resource of its own', async () => {
    const query = new QueryCommand({ TableName, IndexName: 'by-game', KeyConditionExpression: 'game = :g', ExpressionAttributeValues: { ':g': { S: 'chess' } } })
    await expect((await as({ Action: 'dynamodb:Query', Resource: arn('table/scores') })).send(query)).rejects.toMatchObject(denied('Query', arn('table/scores/index/by-game')))
    expect((await (await as({ Action: 'dynamodb:Query', Resource: arn('table/scores/index/*') })).send(query)).Count).toBe(1)
  })

  it('on each table of a batch', async () => {
    const one = await as({ Action: ['dynamodb:BatchGetItem', 'dynamodb:BatchWriteItem'], Resource: arn('table/scores') })
    await one.send(new BatchGetItemCommand({ RequestItems: { scores: { Keys: [Key] } } }))
    await one.send(new BatchWriteItemCommand({ RequestItems: { scores: [{ PutRequest: { Item: { id: { S: 'batch' } } } }] } }))
    await expect(one.send(new BatchGetItemCommand({ RequestItems: { scores: { Keys: [Key] }, secrets: { Keys: [Key] } } }))).rejects.toMatchObject(denied('BatchGetItem', arn('table/secrets')))
  })

  it('on each action of a transaction', async () => {
    const puts = await as({ Action: ['dynamodb:PutItem'], Resource: arn('table/*') })
    await puts.send(new TransactWriteItemsCommand({ TransactItems: [{ Put: { TableName, Item: { id: { S: 'tx' } } } }] }))
    const check = new TransactWriteItemsCommand({ TransactItems: [{ Put: { TableName, Item: { id: { S: 'tx' } } } }, { ConditionCheck: { TableName, Key, ConditionExpression: 'attribute_exists(id)' } }] })
    await expect(puts.send(check)).rejects.toMatchObject(denied('ConditionCheckItem', arn('table/scores')))
    await expect(puts.send(new TransactGetItemsCommand({ TransactItems: [{ Get: { TableName, Key } }] }))).rejects.toMatchObject(denied('GetItem', arn('table/scores')))
    await (await as({ Action: ['dynamodb:PutItem', 'dynamodb:ConditionCheckItem'], Resource: arn('table/scores') })).send(check)
  })

  it('on the stream of a table', async () => {
    await expect(callStreams(await configOf({ Action: 'dynamodb:*', Resource: arn('table/scores') }), 'DescribeStream', { StreamArn: streamArn })).rejects.toMatchObject(denied('DescribeStream', streamArn))
    await callStreams(await configOf({ Action: 'dynamodb:DescribeStream', Resource: arn('table/scores/stream/*') }), 'DescribeStream', { StreamArn: streamArn })
  })
})

describe('conditions', () => {
  it('on leading keys keep a user to items of their own', async () => {
    const own = await as({ Action: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query', 'dynamodb:BatchGetItem'], Resource: arn('table/scores'), Condition: { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['an'] } } })
    await own.send(new GetItemCommand({ TableName, Key }))
    await own.send(new QueryCommand({ TableName, KeyConditionExpression: 'id = :i', ExpressionAttributeValues: { ':i': { S: 'an' } } }))
    const other = { id: { S: 'binh' } }
    await expect(own.send(new GetItemCommand({ TableName, Key: other }))).rejects.toMatchObject({ name: 'AccessDeniedException' })
    await expect(own.send(new PutItemCommand({ TableName, Item: other }))).rejects.toMatchObject({ name: 'AccessDeniedException' })
    await expect(own.send(new QueryCommand({ TableName, KeyConditionExpression: 'id = :i', ExpressionAttributeValues: { ':i': { S: 'binh' } } }))).rejects.toMatchObject({ name: 'AccessDeniedException' })
    await expect(own.send(new BatchGetItemCommand({ RequestItems: { scores: { Keys: [Key, other] } } }))).rejects.toMatchObject({ name: 'AccessDeniedException' })
  })

  it('on attributes and what is selected keep a user to some of an item', async () => {
    const some = await as({
      Action: ['dynamodb:GetItem', 'dynamodb:Scan', 'dynamodb:UpdateItem'], Resource: arn('table/scores'),
      Condition: { 'ForAllValues:StringEquals': { 'dynamodb:Attributes': ['id', 'game'] }, StringEqualsIfExists: { 'dynamodb:Select': 'SPECIFIC_ATTRIBUTES', 'dynamodb:ReturnValues': ['NONE', 'UPDATED_NEW'] } },
    })
    await some.send(new GetItemCommand({ TableName, Key, ProjectionExpression: 'game' }))
    await expect(some.send(new GetItemCommand({ TableName, Key, ProjectionExpression: 'game, score' }))).rejects.toMatchObject({ name: 'AccessDeniedException' })
    await expect(some.send(new ScanCommand({ TableName, Select: 'ALL_ATTRIBUTES' }))).rejects.toMatchObject({ name: 'AccessDeniedException' })
    await expect(some.send(new UpdateItemCommand({ TableName, Key, UpdateExpression: 'SET #s = :s', ExpressionAttributeNames: { '#s': 'score' }, ExpressionAttributeValues: { ':s': { N: '2' } } }))).rejects.toMatchObject({ name: 'AccessDeniedException' })
    const update = (ReturnValues: 'ALL_OLD' | 'UPDATED_NEW') => some.send(new UpdateItemCommand({ TableName, Key, UpdateExpression: 'SET game = :g', ExpressionAttributeValues: { ':g': { S: 'go' } }, ReturnValues }))
    await update('UPDATED_NEW')
    await expect(update('ALL_OLD')).rejects.toMatchObject({ name: 'AccessDeniedException' })
  })

  it('on tags tell tables apart', async () => {
    const games = await as({ Action: 'dynamodb:GetItem', Resource: '*', Condition: { StringEquals: { 'aws:ResourceTag/team': 'games' } } })
    await games.send(new GetItemCommand({ TableName, Key }))
    await expect(games.send(new GetItemCommand({ TableName: 'secrets', Key }))).rejects.toMatchObject({ name: 'AccessDeniedException' })
  })
})

describe('a policy of a table', () => {
  it('lets in whom it names, of this account and of another, and keeps out whom it denies', async () => {
    const admin = new DynamoDBClient(config)
    const ResourceArn = arn('table/secrets')
    const nobody = await as()
    const sandbox = account.sandbox as unknown as { newAccount(): Promise<{ accountId: string; config: ClientConfig }> }
    const other = await sandbox.newAccount()
    const Policy = policy(
      { Effect: 'Allow', Principal: { AWS: [`arn:aws:iam::${account.accountId}:user/user-${counter}`, other.accountId] }, Action: 'dynamodb:GetItem', Resource: ResourceArn },
      { Effect: 'Deny', Principal: '*', Action: 'dynamodb:DeleteTable', Resource: ResourceArn },
    )
    await expect(nobody.send(new GetItemCommand({ TableName: 'secrets', Key }))).rejects.toMatchObject({ name: 'AccessDeniedException' })
    const { RevisionId } = await admin.send(new PutResourcePolicyCommand({ ResourceArn, Policy }))
    expect(await admin.send(new GetResourcePolicyCommand({ ResourceArn }))).toMatchObject({ Policy, RevisionId })
    await nobody.send(new GetItemCommand({ TableName: 'secrets', Key }))
    const stranger = new DynamoDBClient(other.config)
    await stranger.send(new GetItemCommand({ TableName: ResourceArn, Key }))
    await expect(stranger.send(new PutItemCommand({ TableName: ResourceArn, Item: Key }))).rejects.toMatchObject({ name: 'AccessDeniedException' })
    await expect(admin.send(new PutResourcePolicyCommand({ ResourceArn, Policy, ExpectedRevisionId: 'NO_POLICY' }))).rejects.toMatchObject({ name: 'PolicyNotFoundException' })
    await expect(admin.send(new PutResourcePolicyCommand({ ResourceArn, Policy: '{"Statement":[{}]}' }))).rejects.toMatchObject({ name: 'ValidationException' })
    await admin.send(new DeleteResourcePolicyCommand({ ResourceArn, ExpectedRevisionId: RevisionId! }))
    await expect(stranger.send(new GetItemCommand({ TableName: ResourceArn, Key }))).rejects.toMatchObject({ name: 'AccessDeniedException' })
  })
})
