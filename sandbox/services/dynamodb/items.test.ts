import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  CreateTableCommand,
  DeleteItemCommand,
  DescribeTableCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  UpdateItemCommand,
  type AttributeValue,
  type CreateTableCommandInput,
} from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, GetCommand, paginateQuery, paginateScan, PutCommand, QueryCommand as DocumentQuery, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestSandbox, type TestSandbox } from '../../testing'

let sandbox: TestSandbox
let client: DynamoDBClient
let documents: DynamoDBDocumentClient
beforeAll(async () => {
  sandbox = await startTestSandbox()
  client = new DynamoDBClient(sandbox.learner)
  documents = DynamoDBDocumentClient.from(client)
  await client.send(new CreateTableCommand(books))
  await client.send(new CreateTableCommand({ TableName: 'plain', BillingMode: 'PAY_PER_REQUEST', AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }], KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }] }))
})
afterAll(() => sandbox.remove())

const books: CreateTableCommandInput = {
  TableName: 'books',
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: [
    { AttributeName: 'author', AttributeType: 'S' },
    { AttributeName: 'year', AttributeType: 'N' },
    { AttributeName: 'genre', AttributeType: 'S' },
    { AttributeName: 'title', AttributeType: 'S' },
  ],
  KeySchema: [{ AttributeName: 'author', KeyType: 'HASH' }, { AttributeName: 'year', KeyType: 'RANGE' }],
  LocalSecondaryIndexes: [{ IndexName: 'by-title', KeySchema: [{ AttributeName: 'author', KeyType: 'HASH' }, { AttributeName: 'title', KeyType: 'RANGE' }], Projection: { ProjectionType: 'KEYS_ONLY' } }],
  GlobalSecondaryIndexes: [{ IndexName: 'by-genre', KeySchema: [{ AttributeName: 'genre', KeyType: 'HASH' }], Projection: { ProjectionType: 'ALL' } }],
}

const S = (text: string) => ({ S: text })
const N = (number: number) => ({ N: String(number) })

describe('an item', () => {
  it('comes back as it was put, every type of it', async () => {
    const item = {
      id: 'all', text: 'Chữ', empty: '', number: 12.5, big: 12345678901234567890n, yes: true, nothing: null,
      bytes: new Uint8Array([0, 1, 255]), none: new Uint8Array(), words: new Set(['a', 'b']), numbers: new Set([1, 2]), list: [1, 'x', { deep: [true] }], map: { toString: 'x' },
    }
    await documents.send(new PutCommand({ TableName: 'plain', Item: item }))
    const { Item } = await documents.send(new GetCommand({ TableName: 'plain', Key: { id: 'all' } }))
    expect(Item).toEqual(item)
  })

  it('is changed by an update, which gives back what it was asked for', async () => {
    const update = (expression: string, values: object, ReturnValues: 'ALL_NEW' | 'UPDATED_OLD' | 'UPDATED_NEW' | 'ALL_OLD') =>
      documents.send(new UpdateCommand({ TableName: 'plain', Key: { id: 'update' }, UpdateExpression: expression, ...(Object.keys(values).length > 0 ? { ExpressionAttributeValues: values as never } : {}), ReturnValues }))
    expect((await update('SET price = :p, tags = :t', { ':p': 10, ':t': ['new'] }, 'ALL_NEW')).Attributes).toEqual({ id: 'update', price: 10, tags: ['new'] })
    expect((await update('SET price = price - :d, tags = list_append(tags, :t)', { ':d': 3, ':t': ['sale'] }, 'UPDATED_NEW')).Attributes).toEqual({ price: 7, tags: ['new', 'sale'] })
    expect((await update('REMOVE tags[0] ADD sold :one', { ':one': 1 }, 'ALL_OLD')).Attributes).toEqual({ id: 'update', price: 7, tags: ['new', 'sale'] })
    expect((await update('SET price = if_not_exists(nothing, :z)', { ':z': 0 }, 'UPDATED_OLD')).Attributes).toEqual({ price: 7 })
    expect((await documents.send(new GetCommand({ TableName: 'plain', Key: { id: 'update' } }))).Item).toEqual({ id: 'update', price: 0, tags: ['sale'], sold: 1 })
  })

  it('is written under a condition, and shown where the condition fails and the caller asks', async () => {
    await client.send(new PutItemCommand({ TableName: 'plain', Item: { id: S('once'), n: N(1) }, ConditionExpression: 'attribute_not_exists(id)' }))
    const again = client.send(new PutItemCommand({ TableName: 'plain', Item: { id: S('once') }, ConditionExpression: 'attribute_not_exists(id)', ReturnValuesOnConditionCheckFailure: 'ALL_OLD' }))
    await expect(again).rejects.toMatchObject({ name: 'ConditionalCheckFailedException', message: 'The conditional request failed', Item: { id: S('once'), n: N(1) } })
    await expect(client.send(new DeleteItemCommand({ TableName: 'plain', Key: { id: S('once') }, ConditionExpression: 'n > :n', ExpressionAttributeValues: { ':n': N(1) } }))).rejects.toMatchObject({ name: 'ConditionalCheckFailedException' })
    const { Attributes } = await client.send(new DeleteItemCommand({ TableName: 'plain', Key: { id: S('once') }, ReturnValues: 'ALL_OLD' }))
    expect(Attributes).toEqual({ id: S('once'), n: N(1) })
    expect((await client.send(new GetItemCommand({ TableName: 'plain', Key: { id: S('once') } }))).Item).toBeUndefined()
  })

  it('costs what AWS says, and belongs to a collection', async () => {
    const { ConsumedCapacity, ItemCollectionMetrics } = await client.send(new PutItemCommand({ TableName: 'books', Item: { author: S('cost'), year: N(1), text: S('x'.repeat(1500)) }, ReturnConsumedCapacity: 'TOTAL', ReturnItemCollectionMetrics: 'SIZE' }))
    expect(ConsumedCapacity).toEqual({ TableName: 'books', CapacityUnits: 2 })
    expect(ItemCollectionMetrics).toEqual({ ItemCollectionKey: { author: S('cost') }, SizeEstimateRangeGB: [0, 1] })
    const write = async (expression: string, ReturnConsumedCapacity: 'INDEXES' | 'TOTAL') =>
      (await client.send(new UpdateItemCommand({ TableName: 'books', Key: { author: S('cost'), year: N(2) }, UpdateExpression: expression, ExpressionAttributeValues: { ':v': S(String(Math.random())) }, ReturnConsumedCapacity }))).ConsumedCapacity
    expect(await write('SET genre = :v, title = :v', 'INDEXES')).toEqual({ TableName: 'books', CapacityUnits: 3, Table: { CapacityUnits: 1 }, LocalSecondaryIndexes: { 'by-title': { CapacityUnits: 1 } }, GlobalSecondaryIndexes: { 'by-genre': { CapacityUnits: 1 } } })
    expect(await write('SET genre = :v', 'TOTAL')).toEqual({ TableName: 'books', CapacityUnits: 3 })
    expect(await write('SET note = :v', 'INDEXES')).toEqual({ TableName: 'books', CapacityUnits: 2, Table: { CapacityUnits: 1 }, GlobalSecondaryIndexes: { 'by-genre': { CapacityUnits: 1 } } })
    const { ConsumedCapacity: read } = await client.send(new GetItemCommand({ TableName: 'books', Key: { author: S('cost'), year: N(1) }, ReturnConsumedCapacity: 'INDEXES' }))
    expect(read).toEqual({ TableName: 'books', CapacityUnits: 0.5, Table: { CapacityUnits: 0.5 } })
  })

  it.each([
    ['a key that is missing', new PutItemCommand({ TableName: 'plain', Item: { other: S('x') } }), 'One or more parameter values were invalid: Missing the key id in the item'],
    ['a key of another type', new PutItemCommand({ TableName: 'plain', Item: { id: N(1) } }), 'One or more parameter values were invalid: Type mismatch for key id expected: S actual: N'],
    ['an empty key', new PutItemCommand({ TableName: 'plain', Item: { id: S('') } }), 'One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: id'],
    ['a number that is none', new PutItemCommand({ TableName: 'plain', Item: { id: S('x'), n: { N: 'one' } } }), 'The parameter cannot be converted to a numeric value: one'],
    ['an empty set', new PutItemCommand({ TableName: 'plain', Item: { id: S('x'), s: { SS: [] } } }), 'One or more parameter values were invalid: An string set  may not be empty'],
    ['more than 400 KB', new PutItemCommand({ TableName: 'plain', Item: { id: S('x'), s: S('x'.repeat(410_000)) } }), 'Item size has exceeded the maximum allowed size'],
    ['more than 400 KB in UTF-8', new PutItemCommand({ TableName: 'plain', Item: { id: S('x'), s: S('ữ'.repeat(140_000)) } }), 'Item size has exceeded the maximum allowed size'],
    ['another key', new GetItemCommand({ TableName: 'plain', Key: { other: S('x') } }), 'The provided key element does not match the schema'],
    ['a reserved word', new UpdateItemCommand({ TableName: 'plain', Key: { id: S('x') }, UpdateExpression: 'SET name = :n', ExpressionAttributeValues: { ':n': S('x') } }), 'Invalid UpdateExpression: Attribute name is a reserved keyword; reserved keyword: name'],
    ['a value that is not used', new UpdateItemCommand({ TableName: 'plain', Key: { id: S('x') }, UpdateExpression: 'REMOVE a', ExpressionAttributeValues: { ':n': S('x') } }), 'Value provided in ExpressionAttributeValues unused in expressions: keys: {:n}'],
    ['a change of the key', new UpdateItemCommand({ TableName: 'plain', Key: { id: S('x') }, UpdateExpression: 'SET id = :n', ExpressionAttributeValues: { ':n': S('y') } }), 'One or more parameter values were invalid: Cannot update attribute id. This attribute is part of the key'],
    ['a table name that is too short', new GetItemCommand({ TableName: 'x', Key: { id: S('x') } }), "1 validation error detected: Value 'x' at 'tableName' failed to satisfy constraint: Member must have length greater than or equal to 3"],
    ['an index that is not there', new QueryCommand({ TableName: 'plain', IndexName: 'none', KeyConditionExpression: 'id = :i', ExpressionAttributeValues: { ':i': S('x') } }), 'The table does not have the specified index: none'],
    ['a query without the hash key', new QueryCommand({ TableName: 'books', KeyConditionExpression: '#y = :y', ExpressionAttributeNames: { '#y': 'year' }, ExpressionAttributeValues: { ':y': N(1) } }), 'Query condition missed key schema element: author'],
    ['an index key that is empty', new UpdateItemCommand({ TableName: 'books', Key: { author: S('x'), year: N(1) }, UpdateExpression: 'SET genre = :g', ExpressionAttributeValues: { ':g': S('') } }), 'One or more parameter values are not valid. A value specified for a secondary index key is not supported. The AttributeValue for a key attribute cannot contain an empty string value. IndexName: by-genre, IndexKey: genre'],
    ['an index key of another type', new PutItemCommand({ TableName: 'books', Item: { author: S('x'), year: N(1), genre: N(1) } }), 'One or more parameter values were invalid: Type mismatch for Index Key genre Expected: S Actual: N IndexName: by-genre'],
  ])('is refused with %s', async (_, command, message) => {
    await expect(client.send(command as PutItemCommand)).rejects.toMatchObject({ name: 'ValidationException', message })
  })

  it('of a table that is not there is not found', async () => {
    await expect(client.send(new GetItemCommand({ TableName: 'none', Key: { id: S('x') } }))).rejects.toMatchObject({ name: 'ResourceNotFoundException', message: 'Requested resource not found' })
  })

  it('meets no condition on what it does not have, whatever the other side is', async () => {
    await client.send(new PutItemCommand({ TableName: 'plain', Item: { id: S('odd'), a: { BOOL: true }, b: { BOOL: true }, n: N(5), low: N(1), top: N(9), five: N(5), opening: S('od') } }))
    const found = async (FilterExpression: string) => (await client.send(new ScanCommand({ TableName: 'plain', FilterExpression: `id = :id AND ${FilterExpression}`, ExpressionAttributeValues: { ':id': S('odd') } }))).Count
    for (const condition of ['begins_with(a, b)', 'begins_with(gone, id)', 'attribute_exists(toString)', 'n BETWEEN low AND high', 'n IN (high, gone)', 'gone = lost', 'gone >= lost', 'size(gone) = size(lost)', 'contains(gone, id)']) expect(await found(condition), condition).toBe(0)
    for (const condition of ['begins_with(id, opening)', 'n BETWEEN low AND top', 'n IN (low, five)', 'gone <> n', 'NOT gone = lost', 'a = b']) expect(await found(condition), condition).toBe(1)
  })

  it('nests 32 levels, and has expressions of 4 KB', async () => {
    const nested = (levels: number): AttributeValue => (levels === 0 ? S('x') : { M: { k: nested(levels - 1) } })
    await client.send(new PutItemCommand({ TableName: 'plain', Item: { id: S('nested'), a: nested(32) } }))
    await expect(client.send(new PutItemCommand({ TableName: 'plain', Item: { id: S('nested'), a: nested(40) } }))).rejects.toMatchObject({ name: 'ValidationException', message: 'Nesting Levels have exceeded supported limits' })
    const FilterExpression = `${'('.repeat(5000)}attribute_exists(id)${')'.repeat(5000)}`
    await expect(client.send(new ScanCommand({ TableName: 'plain', FilterExpression }))).rejects.toMatchObject({ name: 'ValidationException', message: 'Invalid FilterExpression: Expression size has exceeded the maximum allowed size; expression size: 10020' })
  })
})

describe('queries and scans', () => {
  beforeAll(async () => {
    for (let author = 0; author < 3; author++) {
      const puts = Array.from({ length: 20 }, (_, i) => ({ PutRequest: { Item: { author: S(`author-${author}`), year: N(1990 + i), genre: S(i % 2 ? 'novel' : 'poem'), title: S(`title ${String(99 - i)}`), size: N(i) } } }))
      expect((await client.send(new BatchWriteItemCommand({ RequestItems: { books: puts } }))).UnprocessedItems).toEqual({})
    }
  })

  const years = async (input: object) => (await documents.send(new DocumentQuery({ TableName: 'books', ...input } as never))).Items!.map(({ year }) => year)

  it.each([
    ['#y = :a', [1995]],
    ['#y < :a', [1990, 1991, 1992, 1993, 1994]],
    ['#y <= :a', [1990, 1991, 1992, 1993, 1994, 1995]],
    ['#y > :b', [2007, 2008, 2009]],
    ['#y >= :b', [2006, 2007, 2008, 2009]],
  ])('read the range key by %s', async (condition, found) => {
    const values = { ':a': 1995, ':b': 2006 }
    const used = Object.fromEntries(Object.entries(values).filter(([name]) => condition.includes(name)))
    expect(await years({ KeyConditionExpression: `author = :author AND ${condition}`, ExpressionAttributeNames: { '#y': 'year' }, ExpressionAttributeValues: { ':author': 'author-1', ...used } })).toEqual(found)
  })

  it('go through an index page by page, forwards and backwards, missing nothing', async () => {
    for (const ScanIndexForward of [true, false]) {
      const seen: string[] = []
      const pages = paginateQuery({ client: documents, pageSize: 7 }, { TableName: 'books', IndexName: 'by-genre', KeyConditionExpression: 'genre = :g', ExpressionAttributeValues: { ':g': 'novel' }, ScanIndexForward })
      for await (const { Items } of pages) seen.push(...Items!.map(({ author, year }) => `${author} ${year}`))
      expect(seen).toHaveLength(30)
      expect(new Set(seen).size).toBe(30)
    }
  })

  it('order a local index by its own key and give what it projects, or all on request', async () => {
    const input = { TableName: 'books', IndexName: 'by-title', KeyConditionExpression: 'author = :a', ExpressionAttributeValues: { ':a': 'author-0' }, Limit: 2 }
    const keys = await documents.send(new DocumentQuery(input))
    expect(keys.Items).toEqual([{ author: 'author-0', title: 'title 80', year: 2009 }, { author: 'author-0', title: 'title 81', year: 2008 }])
    expect(keys.LastEvaluatedKey).toEqual({ author: 'author-0', title: 'title 81', year: 2008 })
    expect((await documents.send(new DocumentQuery({ ...input, Select: 'ALL_ATTRIBUTES' }))).Items![0]).toMatchObject({ genre: 'novel', size: 19 })
    expect((await documents.send(new DocumentQuery({ ...input, ProjectionExpression: 'genre' }))).Items).toEqual([{ genre: 'novel' }, { genre: 'poem' }])
  })

  it('filter after reading, count, and project', async () => {
    const result = await documents.send(new DocumentQuery({ TableName: 'books', KeyConditionExpression: 'author = :a', FilterExpression: '#s BETWEEN :x AND :y', ExpressionAttributeNames: { '#y': 'year', '#s': 'size' }, ProjectionExpression: '#y', ExpressionAttributeValues: { ':a': 'author-0', ':x': 3, ':y': 4 } }))
    expect(result).toMatchObject({ Items: [{ year: 1993 }, { year: 1994 }], Count: 2, ScannedCount: 20 })
    expect(await client.send(new QueryCommand({ TableName: 'books', Select: 'COUNT', KeyConditionExpression: 'author = :a', ExpressionAttributeValues: { ':a': S('author-0') } }))).toMatchObject({ Count: 20, ScannedCount: 20 })
  })

  it('take the parameters of old', async () => {
    const { Items } = await client.send(new QueryCommand({ TableName: 'books', KeyConditions: { author: { ComparisonOperator: 'EQ', AttributeValueList: [S('author-0')] }, year: { ComparisonOperator: 'GT', AttributeValueList: [N(2007)] } }, AttributesToGet: ['year'] }))
    expect(Items).toEqual([{ year: N(2008) }, { year: N(2009) }])
  })

  it('scan in segments that make up the whole', async () => {
    const seen: string[] = []
    for (let Segment = 0; Segment < 4; Segment++) {
      for await (const { Items } of paginateScan({ client: documents, pageSize: 5 }, { TableName: 'books', Segment, TotalSegments: 4, FilterExpression: 'begins_with(author, :a)', ExpressionAttributeValues: { ':a': 'author-' } })) seen.push(...Items!.map(({ author, year }) => `${author} ${year}`))
    }
    expect(seen).toHaveLength(60)
    expect(new Set(seen).size).toBe(60)
  })

  it('end a page at a megabyte', async () => {
    for (let i = 0; i < 5; i++) await client.send(new PutItemCommand({ TableName: 'plain', Item: { id: S(`large-${i}`), text: S('x'.repeat(300_000)) } }))
    const first = await client.send(new ScanCommand({ TableName: 'plain', FilterExpression: 'begins_with(id, :l)', ExpressionAttributeValues: { ':l': S('large-') } }))
    expect(first.LastEvaluatedKey).toBeDefined()
    let count = 0
    for await (const { Items } of paginateScan({ client: documents }, { TableName: 'plain', FilterExpression: 'begins_with(id, :l)', ExpressionAttributeValues: { ':l': 'large-' } })) count += Items!.length
    expect(count).toBe(5)
  })

  it('follow updates and deletions in the indexes, and count what is there', async () => {
    const before = (await client.send(new DescribeTableCommand({ TableName: 'books' }))).Table!
    await documents.send(new UpdateCommand({ TableName: 'books', Key: { author: 'author-2', year: 1990 }, UpdateExpression: 'SET genre = :g', ExpressionAttributeValues: { ':g': 'drama' } }))
    expect(await years({ IndexName: 'by-genre', KeyConditionExpression: 'genre = :g', ExpressionAttributeValues: { ':g': 'drama' } })).toEqual([1990])
    await documents.send(new UpdateCommand({ TableName: 'books', Key: { author: 'author-2', year: 1990 }, UpdateExpression: 'REMOVE genre' }))
    expect(await years({ IndexName: 'by-genre', KeyConditionExpression: 'genre = :g', ExpressionAttributeValues: { ':g': 'drama' } })).toEqual([])
    await client.send(new DeleteItemCommand({ TableName: 'books', Key: { author: S('author-2'), year: N(1991) } }))
    const { Table } = await client.send(new DescribeTableCommand({ TableName: 'books' }))
    expect(Table!.ItemCount).toBe(before.ItemCount! - 1)
    expect(Table!.GlobalSecondaryIndexes![0]!.ItemCount).toBe(before.GlobalSecondaryIndexes![0]!.ItemCount! - 2)
    const { Count } = await client.send(new ScanCommand({ TableName: 'books', Select: 'COUNT' }))
    expect(Table!.ItemCount).toBe(Count)
    const index = await client.send(new ScanCommand({ TableName: 'books', IndexName: 'by-genre', Select: 'COUNT' }))
    expect(Table!.GlobalSecondaryIndexes![0]!.ItemCount).toBe(index.Count)
  })

  it('get batches out of several tables', async () => {
    const { Responses } = await client.send(new BatchGetItemCommand({ RequestItems: { books: { Keys: [{ author: S('author-0'), year: N(1990) }, { author: S('nobody'), year: N(1) }], ProjectionExpression: 'title' }, plain: { Keys: [{ id: S('update') }] } } }))
    expect(Responses!.books).toEqual([{ title: S('title 99') }])
    expect(Responses!.plain).toMatchObject([{ id: S('update') }])
    const large = await client.send(new BatchGetItemCommand({ RequestItems: { plain: { Keys: Array.from({ length: 5 }, (_, i) => ({ id: S(`large-${i}`) })) } } }))
    expect([large.Responses!.plain!.length, large.UnprocessedKeys]).toEqual([5, {}])
  })
})

it('puts no two items into one place of an index', async () => {
  await client.send(new CreateTableCommand({ TableName: 'crowd', BillingMode: 'PAY_PER_REQUEST', AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }, { AttributeName: 'status', AttributeType: 'S' }], KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }], GlobalSecondaryIndexes: [{ IndexName: 'by-status', KeySchema: [{ AttributeName: 'status', KeyType: 'HASH' }], Projection: { ProjectionType: 'KEYS_ONLY' } }] }))
  const total = 6000
  for (let start = 0; start < total; start += 25 * 8) {
    await Promise.all(Array.from({ length: 8 }, (_, b) => client.send(new BatchWriteItemCommand({ RequestItems: { crowd: Array.from({ length: 25 }, (_, i) => ({ PutRequest: { Item: { id: S(`item-${start + b * 25 + i}`), status: S('open') } } })) } }))))
  }
  const seen = new Set<string>()
  for await (const { Items } of paginateQuery({ client: documents, pageSize: 1000 }, { TableName: 'crowd', IndexName: 'by-status', KeyConditionExpression: '#s = :s', ExpressionAttributeNames: { '#s': 'status' }, ExpressionAttributeValues: { ':s': 'open' } })) for (const { id } of Items!) seen.add(id)
  expect(seen.size).toBe(total)
})
