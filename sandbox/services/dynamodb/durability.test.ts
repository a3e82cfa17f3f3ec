import { DescribeTableCommand, DynamoDBClient, GetItemCommand, PutItemCommand, ScanCommand, TransactWriteItemsCommand, paginateScan } from '@aws-sdk/client-dynamodb'
import { expect, it } from 'vitest'
import { sandboxProgram } from '../../program-testing'
import type { ClientConfig } from '../../testing'
import { callStreams, makeTable } from './testing'

const program = sandboxProgram()
const id = (text: string) => ({ id: { S: text } })

it('killed in a storm of writes, it has every acknowledged one, transactions whole, indexes and stream in step', { timeout: 60_000 }, async () => {
  let config: ClientConfig = await program.start()
  let client = new DynamoDBClient(config)
  const { LatestStreamArn: StreamArn } = await makeTable(config, 'storm', {
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }, { AttributeName: 'worker', AttributeType: 'S' }],
    GlobalSecondaryIndexes: [{ IndexName: 'by-worker', KeySchema: [{ AttributeName: 'worker', KeyType: 'HASH' }], Projection: { ProjectionType: 'ALL' } }],
    StreamSpecification: { StreamEnabled: true, StreamViewType: 'KEYS_ONLY' },
  })
  const acknowledged = new Set<string>()
  const work = async (worker: number) => {
    for (let i = 0; ; i += 1) {
      const name = `${worker}-${i}`
      await client.send(new PutItemCommand({ TableName: 'storm', Item: { ...id(`one-${name}`), worker: { S: String(worker) } } }))
      acknowledged.add(`one-${name}`)
      await client.send(new TransactWriteItemsCommand({ TransactItems: ['left', 'right'].map((side) => ({ Put: { TableName: 'storm', Item: { ...id(`${side}-${name}`), worker: { S: String(worker) } } } })) }))
      acknowledged.add(`left-${name}`).add(`right-${name}`)
    }
  }
  const workers = [0, 1, 2, 3].map((worker) => work(worker).catch(() => {}))
  while (acknowledged.size < 600) await new Promise((resolve) => setTimeout(resolve, 10))
  await program.kill()
  await Promise.all(workers)

  config = await program.start()
  client = new DynamoDBClient(config)
  const all = async (IndexName?: string) => {
    const found = new Set<string>()
    for await (const { Items } of paginateScan({ client }, { TableName: 'storm', ...(IndexName ? { IndexName } : {}) })) for (const item of Items!) found.add(item.id!.S!)
    return found
  }
  const found = await all()
  expect([...acknowledged].filter((name) => !found.has(name))).toEqual([])
  for (const name of found) if (name.startsWith('left-')) expect(found.has(name.replace('left', 'right')), name).toBe(true)
  expect(await all('by-worker')).toEqual(found)
  expect((await client.send(new DescribeTableCommand({ TableName: 'storm' }))).Table!.ItemCount).toBe(found.size)
  const { StreamDescription } = await callStreams(config, 'DescribeStream', { StreamArn })
  let { ShardIterator } = await callStreams(config, 'GetShardIterator', { StreamArn, ShardId: StreamDescription.Shards[0].ShardId, ShardIteratorType: 'TRIM_HORIZON' })
  const recorded: string[] = []
  for (;;) {
    const page = await callStreams(config, 'GetRecords', { ShardIterator })
    if (page.Records.length === 0) break
    recorded.push(...page.Records.map(({ dynamodb }: any) => dynamodb.Keys.id.S))
    ShardIterator = page.NextShardIterator
  }
  expect(recorded).toHaveLength(found.size)
  expect(new Set(recorded)).toEqual(found)
  expect((await client.send(new ScanCommand({ TableName: 'storm', Select: 'COUNT', Limit: 1 }))).Count).toBe(1)
  expect((await client.send(new GetItemCommand({ TableName: 'storm', Key: id('one-0-0') }))).Item).toBeDefined()
})
