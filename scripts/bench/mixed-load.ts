import { setTimeout as sleep } from 'node:timers/promises'
import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb'
import { ListRolesCommand } from '@aws-sdk/client-iam'
import { InvokeCommand, ListFunctionsCommand } from '@aws-sdk/client-lambda'
import { GetObjectCommand, CreateBucketCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { CreateQueueCommand, ReceiveMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs'
import { wordOf } from './compete'
import type { Clients, Running } from './contenders'
import { makeTable } from './data'
import { makeFunction } from './function'
import { quantile, timed } from './measure'
import { totalMemory } from './programs'
import type { Figure, Row } from './table'

const LEARNERS = 200
const SECONDS = 20
/** Making the accounts and the load itself. */
const GIVEN_UP_AFTER_MS = 90_000
/** Between two calls of a learner: somebody who reads what came before the next one. */
const THINK_MS = 2000

type Use = Clients & { number: number; queue: string }

/** What learners do, by turns; one call in eight runs a function. */
const CALLS: ((use: Use) => Promise<unknown>)[] = [
  ({ lambda }) => lambda.send(new ListFunctionsCommand({})),
  ({ dynamodb, number }) => dynamodb.send(new PutItemCommand({ TableName: 'bench', Item: { id: { S: `book-${number}` } } })),
  ({ dynamodb, number }) => dynamodb.send(new GetItemCommand({ TableName: 'bench', Key: { id: { S: `book-${number}` } } })),
  ({ iam }) => iam.send(new ListRolesCommand({})),
  ({ s3, number }) => s3.send(new PutObjectCommand({ Bucket: `mixed-${number}`, Key: 'x', Body: 'x' })),
  async ({ s3, number }) => (await s3.send(new GetObjectCommand({ Bucket: `mixed-${number}`, Key: 'x' }))).Body!.transformToByteArray(),
  async ({ sqs, queue }) => {
    await sqs.send(new SendMessageCommand({ QueueUrl: queue, MessageBody: 'x' }))
    await sqs.send(new ReceiveMessageCommand({ QueueUrl: queue }))
  },
  ({ lambda }) => lambda.send(new InvokeCommand({ FunctionName: 'bench' })),
]

/** Two hundred learners at work in accounts of their own: the p95 of their calls, how many failed, and memory afterwards. */
export async function benchMixedLoad(running: Running[]): Promise<Row[]> {
  const figures = new Map<string, { p95: Figure; failed: Figure; memory: Figure }>()
  for (const cloud of running.filter(({ name }) => name !== 'Worklab, not isolated')) {
    const words = (word: string) => ({ p95: word, failed: word, memory: word })
    figures.set(cloud.name, cloud.name === 'moto' ? words('in Docker only') : await Promise.race([load(cloud), sleep(GIVEN_UP_AFTER_MS).then(() => words('did not end'))]).catch((error: unknown) => words(wordOf(error))))
  }
  const cells = (key: 'p95' | 'failed' | 'memory') => ({ worklab: figures.get('Worklab')?.[key] ?? '', moto: figures.get('moto')?.[key] ?? '', ministack: figures.get('MiniStack')?.[key] ?? '' })
  const who = `${LEARNERS} learners, a call every ${THINK_MS / 1000} s`
  return [
    { what: `${who}, p95`, unit: 'ms', ...cells('p95') },
    { what: `${who}, calls that failed`, unit: '%', ...cells('failed') },
    { what: `${who}, memory`, unit: 'MB', ...cells('memory') },
  ]
}

async function load(cloud: Running): Promise<{ p95: Figure; failed: Figure; memory: Figure }> {
  const learners: Use[] = []
  for (let number = 0; number < LEARNERS; number++) learners.push(await setUp(cloud, number))
  const times: number[] = []
  let failed = 0
  const until = Date.now() + SECONDS * 1000
  await Promise.all(
    learners.map(async (learner) => {
      await sleep((learner.number / LEARNERS) * THINK_MS)
      for (let call = learner.number; Date.now() < until; call++) {
        const took = await timed(() => CALLS[call % CALLS.length]!(learner)).catch(() => void failed++)
        if (took !== undefined) times.push(took)
        await sleep(THINK_MS)
      }
    }),
  )
  return { p95: quantile(times, 0.95), failed: (failed / (failed + times.length)) * 100, memory: totalMemory(cloud.pid) ?? '' }
}

async function setUp(cloud: Running, number: number): Promise<Use> {
  const clients = await cloud.newAccount()
  await makeFunction(clients)
  await makeTable(clients)
  await clients.s3.send(new CreateBucketCommand({ Bucket: `mixed-${number}` }))
  await clients.s3.send(new PutObjectCommand({ Bucket: `mixed-${number}`, Key: 'x', Body: 'x' }))
  const { QueueUrl } = await clients.sqs.send(new CreateQueueCommand({ QueueName: 'mixed' }))
  return { ...clients, number, queue: QueueUrl! }
}
