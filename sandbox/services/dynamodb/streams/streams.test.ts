import { DeleteItemCommand, DynamoDBClient, PutItemCommand, TransactWriteItemsCommand, UpdateItemCommand, UpdateTableCommand, UpdateTimeToLiveCommand } from '@aws-sdk/client-dynamodb'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually } from '../../lambda/testing'
import { startTestSandbox, type ClientConfig, type TestSandbox } from '../../../testing'
import { callStreams, makeTable } from '../testing'

let sandbox: TestSandbox
let client: DynamoDBClient
beforeAll(async () => {
  sandbox = await startTestSandbox()
  client = new DynamoDBClient(sandbox.learner)
})
afterAll(() => sandbox.remove())

const item = (id: string, n: number) => ({ id: { S: id }, n: { N: String(n) } })
const withStream = (view: string) => ({ StreamSpecification: { StreamEnabled: true, StreamViewType: view as 'NEW_IMAGE' } })

async function iterator(StreamArn: string, type: string, more: object = {}, config: ClientConfig = sandbox.learner): Promise<string> {
  const { StreamDescription } = await callStreams(config, 'DescribeStream', { StreamArn })
  const { ShardIterator } = await callStreams(config, 'GetShardIterator', { StreamArn, ShardId: StreamDescription.Shards[0].ShardId, ShardIteratorType: type, ...more })
  return ShardIterator
}
async function records(StreamArn: string, type = 'TRIM_HORIZON', more: object = {}): Promise<any[]> {
  return (await callStreams(sandbox.learner, 'GetRecords', { ShardIterator: await iterator(StreamArn, type, more) })).Records
}

describe('a stream', () => {
  it.each([
    ['KEYS_ONLY', [{}, {}, {}]],
    ['NEW_IMAGE', [{ NewImage: item('a', 1) }, { NewImage: item('a', 2) }, {}]],
    ['OLD_IMAGE', [{}, { OldImage: item('a', 1) }, { OldImage: item('a', 2) }]],
    ['NEW_AND_OLD_IMAGES', [{ NewImage: item('a', 1) }, { NewImage: item('a', 2), OldImage: item('a', 1) }, { OldImage: item('a', 2) }]],
  ])('of %s takes down what was made, changed and removed', async (view, images) => {
    const { LatestStreamArn: arn } = await makeTable(sandbox.learner, `view-${view}`, withStream(view))
    const TableName = `view-${view}`
    await client.send(new PutItemCommand({ TableName, Item: item('a', 1) }))
    await client.send(new PutItemCommand({ TableName, Item: item('a', 1) })) // changes nothing
    await client.send(new UpdateItemCommand({ TableName, Key: { id: { S: 'a' } }, UpdateExpression: 'ADD n :one', ExpressionAttributeValues: { ':one': { N: '1' } } }))
    await client.send(new DeleteItemCommand({ TableName, Key: { id: { S: 'a' } } }))
    await client.send(new DeleteItemCommand({ TableName, Key: { id: { S: 'a' } } })) // nothing there
    const found = await records(arn!)
    expect(found.map(({ eventName }) => eventName)).toEqual(['INSERT', 'MODIFY', 'REMOVE'])
    found.forEach(({ dynamodb, ...record }, i) => {
      const { NewImage, OldImage, ...rest } = dynamodb
      expect({ ...(NewImage ? { NewImage } : {}), ...(OldImage ? { OldImage } : {}) }).toEqual(images[i])
      expect(rest).toMatchObject({ Keys: { id: { S: 'a' } }, StreamViewType: view, SequenceNumber: expect.stringMatching(/^\d{21}$/), SizeBytes: expect.any(Number), ApproximateCreationDateTime: expect.any(Number) })
      expect(record).toMatchObject({ eventSource: 'aws:dynamodb', eventVersion: '1.1', awsRegion: 'us-east-1' })
    })
  })

  it('is read from where an iterator says, a page at a time', async () => {
    const { LatestStreamArn: arn } = await makeTable(sandbox.learner, 'positions', withStream('KEYS_ONLY'))
    for (let i = 0; i < 5; i++) await client.send(new PutItemCommand({ TableName: 'positions', Item: item(`i${i}`, i) }))
    const ids = (found: any[]) => found.map(({ dynamodb }) => dynamodb.Keys.id.S)
    const all = await records(arn!)
    expect(ids(all)).toEqual(['i0', 'i1', 'i2', 'i3', 'i4'])
    const SequenceNumber = all[2].dynamodb.SequenceNumber
    expect(ids(await records(arn!, 'AT_SEQUENCE_NUMBER', { SequenceNumber }))).toEqual(['i2', 'i3', 'i4'])
    expect(ids(await records(arn!, 'AFTER_SEQUENCE_NUMBER', { SequenceNumber }))).toEqual(['i3', 'i4'])
    const latest = await iterator(arn!, 'LATEST')
    await client.send(new PutItemCommand({ TableName: 'positions', Item: item('later', 1) }))
    const first = await callStreams(sandbox.learner, 'GetRecords', { ShardIterator: latest })
    expect(ids(first.Records)).toEqual(['later'])
    expect((await callStreams(sandbox.learner, 'GetRecords', { ShardIterator: first.NextShardIterator })).Records).toEqual([])
    const page = await callStreams(sandbox.learner, 'GetRecords', { ShardIterator: await iterator(arn!, 'TRIM_HORIZON'), Limit: 2 })
    expect(ids(page.Records)).toEqual(['i0', 'i1'])
    expect(ids((await callStreams(sandbox.learner, 'GetRecords', { ShardIterator: page.NextShardIterator, Limit: 2 })).Records)).toEqual(['i2', 'i3'])
  })

  it('has the changes of a transaction, and none of one that was cancelled', async () => {
    const { LatestStreamArn: arn } = await makeTable(sandbox.learner, 'transacted', withStream('KEYS_ONLY'))
    const put = (id: string, ConditionExpression?: string) => ({ Put: { TableName: 'transacted', Item: item(id, 1), ...(ConditionExpression ? { ConditionExpression } : {}) } })
    await client.send(new TransactWriteItemsCommand({ TransactItems: [put('a'), put('b')] }))
    await client.send(new TransactWriteItemsCommand({ TransactItems: [put('c'), put('a', 'attribute_not_exists(id)')] })).catch(() => {})
    expect((await records(arn!)).map(({ dynamodb }) => dynamodb.Keys.id.S)).toEqual(['a', 'b'])
  })

  it('ends when the table turns it off, stays readable, and another begins', async () => {
    const { LatestStreamArn: arn } = await makeTable(sandbox.learner, 'switched', withStream('KEYS_ONLY'))
    await client.send(new PutItemCommand({ TableName: 'switched', Item: item('a', 1) }))
    await client.send(new UpdateTableCommand({ TableName: 'switched', StreamSpecification: { StreamEnabled: false } }))
    await client.send(new PutItemCommand({ TableName: 'switched', Item: item('unseen', 1) }))
    const over = await callStreams(sandbox.learner, 'GetRecords', { ShardIterator: await iterator(arn!, 'TRIM_HORIZON') })
    expect(over.Records).toHaveLength(1)
    expect(await callStreams(sandbox.learner, 'GetRecords', { ShardIterator: over.NextShardIterator })).toEqual({ Records: [] })
    const { TableDescription } = await client.send(new UpdateTableCommand({ TableName: 'switched', ...withStream('NEW_IMAGE') }))
    await client.send(new PutItemCommand({ TableName: 'switched', Item: item('b', 1) }))
    expect((await records(TableDescription!.LatestStreamArn!)).map(({ dynamodb }) => dynamodb.Keys.id.S)).toEqual(['b'])
    const { Streams } = await callStreams(sandbox.learner, 'ListStreams', { TableName: 'switched' })
    expect(Streams.map(({ StreamArn }: { StreamArn: string }) => StreamArn)).toEqual([arn, TableDescription!.LatestStreamArn])
    await expect(client.send(new UpdateTableCommand({ TableName: 'switched', ...withStream('NEW_IMAGE') }))).rejects.toMatchObject({ name: 'ValidationException', message: 'Table already has an enabled stream: TableName: switched' })
  })

  it('shows nothing to another account', async () => {
    const other = (await sandbox.newAccount()).config
    const { LatestStreamArn: arn } = await makeTable(sandbox.learner, 'own', withStream('KEYS_ONLY'))
    const ShardIterator = await iterator(arn!, 'TRIM_HORIZON')
    expect(await callStreams(other, 'ListStreams', {})).toEqual({ Streams: [] })
    await expect(callStreams(other, 'DescribeStream', { StreamArn: arn })).rejects.toMatchObject({ name: 'AccessDeniedException' })
    await expect(callStreams(other, 'GetRecords', { ShardIterator })).rejects.toMatchObject({ name: 'AccessDeniedException' })
  })
})

describe('time', () => {
  it('removes expired items within moments of the account\'s clock passing it, and says so in the stream', async () => {
    const { accountId, config } = await sandbox.newAccount()
    const own = new DynamoDBClient(config)
    const { LatestStreamArn: StreamArn } = await makeTable(config, 'sessions', withStream('NEW_AND_OLD_IMAGES'))
    const inAnHour = Math.floor(Date.now() / 1000) + 3600
    await own.send(new PutItemCommand({ TableName: 'sessions', Item: { ...item('before', 1), expires: { N: String(inAnHour) } } }))
    await own.send(new UpdateTimeToLiveCommand({ TableName: 'sessions', TimeToLiveSpecification: { Enabled: true, AttributeName: 'expires' } }))
    await own.send(new PutItemCommand({ TableName: 'sessions', Item: { ...item('after', 1), expires: { N: String(inAnHour) } } }))
    await own.send(new PutItemCommand({ TableName: 'sessions', Item: { ...item('renewed', 1), expires: { N: String(inAnHour) } } }))
    await own.send(new PutItemCommand({ TableName: 'sessions', Item: { ...item('renewed', 2), expires: { N: String(inAnHour * 2) } } }))
    await own.send(new PutItemCommand({ TableName: 'sessions', Item: { ...item('ancient', 1), expires: { N: '1' } } }))
    await own.send(new PutItemCommand({ TableName: 'sessions', Item: { ...item('text', 1), expires: { S: '1' } } }))
    const at = await iterator(StreamArn!, 'LATEST', {}, config)
    await fetch(`${sandbox.url}/_worklab/accounts/${accountId}/clock`, { method: 'POST', headers: { authorization: `Bearer ${sandbox.adminToken}` }, body: '{"forwardSeconds":3700}' })
    const fresh = await iterator(StreamArn!, 'TRIM_HORIZON', {}, config)
    const removed = await eventually(async () => {
      const { Records } = await callStreams(config, 'GetRecords', { ShardIterator: fresh })
      const gone = Records.filter(({ eventName }: { eventName: string }) => eventName === 'REMOVE')
      return gone.length === 2 ? gone : undefined
    })
    expect(removed.map(({ dynamodb }: any) => dynamodb.Keys.id.S).sort()).toEqual(['after', 'before'])
    for (const { userIdentity } of removed) expect(userIdentity).toEqual({ PrincipalId: 'dynamodb.amazonaws.com', Type: 'Service' })
    await expect(callStreams(config, 'GetRecords', { ShardIterator: at })).rejects.toMatchObject({ name: 'ExpiredIteratorException' })
  })

  it('drops records after a day', async () => {
    const { accountId, config } = await sandbox.newAccount()
    const { LatestStreamArn: StreamArn } = await makeTable(config, 'daily', withStream('KEYS_ONLY'))
    const own = new DynamoDBClient(config)
    await own.send(new PutItemCommand({ TableName: 'daily', Item: item('old', 1) }))
    const { Records } = await callStreams(config, 'GetRecords', { ShardIterator: await iterator(StreamArn!, 'TRIM_HORIZON', {}, config) })
    await fetch(`${sandbox.url}/_worklab/accounts/${accountId}/clock`, { method: 'POST', headers: { authorization: `Bearer ${sandbox.adminToken}` }, body: '{"forwardSeconds":90000}' })
    await own.send(new PutItemCommand({ TableName: 'daily', Item: item('new', 1) }))
    await eventually(async () => {
      const { Records: left } = await callStreams(config, 'GetRecords', { ShardIterator: await iterator(StreamArn!, 'TRIM_HORIZON', {}, config) })
      return left.length === 1 && left[0].dynamodb.Keys.id.S === 'new' ? left : undefined
    })
    await expect(iterator(StreamArn!, 'AT_SEQUENCE_NUMBER', { SequenceNumber: Records[0].dynamodb.SequenceNumber }, config)).rejects.toMatchObject({ name: 'TrimmedDataAccessException' })
  })
})
