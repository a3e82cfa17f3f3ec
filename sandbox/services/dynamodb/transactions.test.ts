import { DynamoDBClient, GetItemCommand, PutItemCommand, ScanCommand, TransactGetItemsCommand, TransactWriteItemsCommand, type TransactWriteItem, type TransactWriteItemsCommandInput } from '@aws-sdk/client-dynamodb'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestSandbox, type TestSandbox } from '../../testing'
import { makeTable } from './testing'

let sandbox: TestSandbox
let client: DynamoDBClient
beforeAll(async () => {
  sandbox = await startTestSandbox()
  client = new DynamoDBClient(sandbox.learner)
  for (const table of ['accounts', 'orders']) await makeTable(sandbox.learner, table)
})
afterAll(() => sandbox.remove())

const key = (id: string) => ({ id: { S: id } })
const item = (id: string, n: number) => ({ ...key(id), n: { N: String(n) } })
const put = (TableName: string, id: string, n: number, more: object = {}): TransactWriteItem => ({ Put: { TableName, Item: item(id, n), ...more } })
const add = (id: string, n: number, more: object = {}): TransactWriteItem => ({ Update: { TableName: 'accounts', Key: key(id), UpdateExpression: 'ADD n :n', ...more, ExpressionAttributeValues: { ':n': { N: String(n) }, ...(more as { ExpressionAttributeValues?: object }).ExpressionAttributeValues } } })
const write = (TransactItems: TransactWriteItem[], more: Partial<TransactWriteItemsCommandInput> = {}) => client.send(new TransactWriteItemsCommand({ TransactItems, ...more }))
const get = async (TableName: string, id: string) => (await client.send(new GetItemCommand({ TableName, Key: key(id) }))).Item

describe('a transaction', () => {
  it('puts, updates, deletes and checks items of several tables together', async () => {
    await write([put('accounts', 'an', 10), put('orders', 'old', 1), put('orders', 'fixed', 1)])
    await write([
      add('an', -4, { ConditionExpression: 'n >= :min', ExpressionAttributeValues: { ':min': { N: '4' } } }),
      put('orders', 'new', 4),
      { Delete: { TableName: 'orders', Key: key('old') } },
      { ConditionCheck: { TableName: 'orders', Key: key('fixed'), ConditionExpression: 'attribute_exists(id)' } },
    ])
    expect(await get('accounts', 'an')).toEqual(item('an', 6))
    expect(await get('orders', 'new')).toEqual(item('new', 4))
    expect(await get('orders', 'old')).toBeUndefined()
  })

  it('does nothing where one condition fails, and says which', async () => {
    await client.send(new PutItemCommand({ TableName: 'accounts', Item: item('poor', 1) }))
    const refused = write([put('orders', 'unpaid', 5), add('poor', -5, { ConditionExpression: 'n >= :min', ExpressionAttributeValues: { ':min': { N: '5' } }, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' })])
    await expect(refused).rejects.toMatchObject({
      name: 'TransactionCanceledException',
      message: 'Transaction cancelled, please refer cancellation reasons for specific reasons [None, ConditionalCheckFailed]',
      CancellationReasons: [{ Code: 'None' }, { Code: 'ConditionalCheckFailed', Message: 'The conditional request failed', Item: item('poor', 1) }],
    })
    expect(await get('orders', 'unpaid')).toBeUndefined()
    expect(await get('accounts', 'poor')).toEqual(item('poor', 1))
  })

  it('tells keys and updates that do not fit as reasons', async () => {
    await expect(write([put('orders', 'fits', 1), { Put: { TableName: 'orders', Item: { id: { N: '1' } } } }])).rejects.toMatchObject({
      CancellationReasons: [{ Code: 'None' }, { Code: 'ValidationError', Message: 'One or more parameter values were invalid: Type mismatch for key id expected: S actual: N' }],
    })
    await client.send(new PutItemCommand({ TableName: 'accounts', Item: { ...key('text'), n: { S: 'x' } } }))
    await expect(write([add('text', 1)])).rejects.toMatchObject({ CancellationReasons: [{ Code: 'ValidationError', Message: 'An operand in the update expression has an incorrect data type' }] })
  })

  it('is refused with one item twice, too many of them, two things in one step, or none', async () => {
    await expect(write([put('orders', 'twice', 1), { Delete: { TableName: 'orders', Key: key('twice') } }])).rejects.toMatchObject({ name: 'ValidationException', message: 'Transaction request cannot include multiple operations on one item' })
    await expect(write(Array.from({ length: 101 }, (_, i) => put('orders', `many-${i}`, i)))).rejects.toMatchObject({ name: 'ValidationException', message: expect.stringContaining('Member must have length less than or equal to 100') })
    await expect(write([{ ...put('orders', 'a', 1), Delete: { TableName: 'orders', Key: key('b') } }])).rejects.toMatchObject({ name: 'ValidationException', message: 'TransactItems can only contain one of Check, Put, Update or Delete' })
    await expect(write([])).rejects.toMatchObject({ name: 'ValidationException' })
    await expect(write([{ Put: { TableName: 'orders', Item: item('a', 1), ConditionExpression: 'nonsense(' } }])).rejects.toMatchObject({ name: 'ValidationException', message: expect.stringContaining('Invalid ConditionExpression') })
    expect((await client.send(new ScanCommand({ TableName: 'orders', FilterExpression: 'begins_with(id, :m)', ExpressionAttributeValues: { ':m': { S: 'many' } } }))).Count).toBe(0)
    const large = Array.from({ length: 11 }, (_, i): TransactWriteItem => ({ Put: { TableName: 'orders', Item: { ...key(`large-${i}`), text: { S: 'x'.repeat(390_000) } } } }))
    await expect(write(large)).rejects.toMatchObject({ name: 'ValidationException', message: 'Transaction request is larger than 4 MB' })
  })

  it('takes up to a hundred items', async () => {
    await write(Array.from({ length: 100 }, (_, i) => put('orders', `hundred-${i}`, i)))
    expect((await client.send(new ScanCommand({ TableName: 'orders', FilterExpression: 'begins_with(id, :m)', ExpressionAttributeValues: { ':m': { S: 'hundred' } } }))).Count).toBe(100)
  })

  it('happens once under a token, for ten minutes of the account\'s clock', async () => {
    const { accountId, config } = await sandbox.newAccount()
    const own = new DynamoDBClient(config)
    await makeTable(config, 'accounts')
    const once = (n: number) => own.send(new TransactWriteItemsCommand({ ClientRequestToken: 'token', TransactItems: [add('an', n)] }))
    const balance = async () => (await own.send(new GetItemCommand({ TableName: 'accounts', Key: key('an') }))).Item!.n!.N
    await Promise.all([once(1), once(1), once(1)])
    expect(await balance()).toBe('1')
    await expect(once(2)).rejects.toMatchObject({ name: 'IdempotentParameterMismatchException' })
    await fetch(`${sandbox.url}/_worklab/accounts/${accountId}/clock`, { method: 'POST', headers: { authorization: `Bearer ${sandbox.adminToken}` }, body: '{"forwardSeconds":601}' })
    await once(2)
    expect(await balance()).toBe('3')
  })

  it('follows others on the same items, and loses nothing', async () => {
    await client.send(new PutItemCommand({ TableName: 'accounts', Item: item('a', 100) }))
    await client.send(new PutItemCommand({ TableName: 'accounts', Item: item('b', 0) }))
    await Promise.all(Array.from({ length: 40 }, () => write([add('a', -1), add('b', 1)])))
    const { Responses } = await client.send(new TransactGetItemsCommand({ TransactItems: ['a', 'b'].map((id) => ({ Get: { TableName: 'accounts', Key: key(id) } })) }))
    expect(Responses!.map(({ Item }) => Item!.n!.N)).toEqual(['60', '40'])
  })

  it('costs double', async () => {
    const { ConsumedCapacity } = await write([put('accounts', 'cost-a', 1), put('accounts', 'cost-b', 1)], { ReturnConsumedCapacity: 'TOTAL' })
    expect(ConsumedCapacity).toEqual([{ TableName: 'accounts', CapacityUnits: 4, WriteCapacityUnits: 4 }])
  })
})

describe('a read transaction', () => {
  it('gives items in the order asked for, empty where there is none', async () => {
    await write([put('accounts', 'read', 1), put('orders', 'read', 2)])
    const { Responses } = await client.send(new TransactGetItemsCommand({
      TransactItems: [{ Get: { TableName: 'orders', Key: key('read'), ProjectionExpression: 'n' } }, { Get: { TableName: 'orders', Key: key('nobody') } }, { Get: { TableName: 'accounts', Key: key('read') } }],
    }))
    expect(Responses).toEqual([{ Item: { n: { N: '2' } } }, {}, { Item: item('read', 1) }])
  })
})
