import { CreateTableCommand, GetItemCommand, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb'
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { cellsOf, compete } from './compete'
import type { Clients, Running } from './contenders'
import { echoServer, median, timed } from './measure'
import type { Row } from './table'

const RUNS = 80
const WARM_UP = 20
const BODY = Buffer.alloc(1024, 'x')
const TABLE = { TableName: 'bench' }
const BUCKET = { Bucket: 'bench-objects' }

const KINDS: [what: string, call: (use: Clients, run: number) => Promise<unknown>][] = [
  ['DynamoDB PutItem', ({ dynamodb }, run) => dynamodb.send(new PutItemCommand({ ...TABLE, Item: { id: { S: `book-${run}` }, title: { S: 'Số đỏ' }, pages: { N: '300' } } }))],
  ['DynamoDB GetItem', ({ dynamodb }, run) => dynamodb.send(new GetItemCommand({ ...TABLE, Key: { id: { S: `book-${run}` } } }))],
  ['DynamoDB Query', ({ dynamodb }, run) => dynamodb.send(new QueryCommand({ ...TABLE, KeyConditionExpression: 'id = :id', ExpressionAttributeValues: { ':id': { S: `book-${run}` } } }))],
  ['S3 PutObject, 1 kB', ({ s3 }, run) => s3.send(new PutObjectCommand({ ...BUCKET, Key: `object-${run}`, Body: BODY }))],
  ['S3 GetObject, 1 kB', async ({ s3 }, run) => (await s3.send(new GetObjectCommand({ ...BUCKET, Key: `object-${run}` }))).Body!.transformToByteArray()],
]

/** The p50 of putting and getting items and objects. */
export async function benchData(running: Running[]): Promise<Row[]> {
  const users = await Promise.all(
    running.map(async (cloud) => {
      const clients = await cloud.newAccount()
      await makeTable(clients)
      await clients.s3.send(new CreateBucketCommand(BUCKET))
      return { name: cloud.name, ...clients }
    }),
  )
  const echo = await echoServer()
  const rows: Row[] = []
  for (const [what, call] of KINDS) {
    const outcome = await compete(users, { runs: RUNS, warmUp: WARM_UP }, () => timed(echo.call), (user, run) => timed(() => call(user, run)))
    rows.push({ what: `${what}, p50`, unit: 'ms', ...cellsOf(outcome, median, 'bare HTTP echo') })
  }
  echo.close()
  return rows
}

/** Makes the table `bench`, keyed by `id`. */
export async function makeTable({ dynamodb }: Clients): Promise<void> {
  await dynamodb.send(new CreateTableCommand({ ...TABLE, BillingMode: 'PAY_PER_REQUEST', AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }], KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }] }))
}
