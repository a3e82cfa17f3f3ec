import { PutRuleCommand, PutTargetsCommand, PutEventsCommand } from '@aws-sdk/client-eventbridge'
import { AddPermissionCommand, CreateEventSourceMappingCommand, CreateFunctionCommand, waitUntilFunctionActiveV2 } from '@aws-sdk/client-lambda'
import { CreateBucketCommand, PutBucketNotificationConfigurationCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { CreateTopicCommand, PublishCommand, SubscribeCommand } from '@aws-sdk/client-sns'
import { CreateQueueCommand, DeleteMessageCommand, ReceiveMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs'
import { strToU8, zipSync } from 'fflate'
import { cellsOf, compete, wordOf } from './compete'
import type { Clients, Running } from './contenders'
import { allowAll, makeRole } from './function'
import { echoServer, median, timed } from './measure'
import type { Row } from './table'

const RUNS = 30
const WARM_UP = 5
const WAIT_S = 10

/** Tells the queue `seen` when it ran. */
const HANDLER = `
import { SQSClient, SendMessageCommand } from '@aws-sdk/client-sqs'
const sqs = new SQSClient({ endpoint: process.env.AWS_ENDPOINT_URL })
export const handler = async () => {
  const startedAt = Date.now()
  await sqs.send(new SendMessageCommand({ QueueUrl: process.env.SEEN, MessageBody: String(startedAt) }))
}
`

/** What triggers the function, and how one is set off. */
interface Trigger {
  what: string
  /** @returns what sets it off */
  make(clients: Clients, functionArn: string): Promise<() => Promise<unknown>>
}

const TRIGGERS: Trigger[] = [
  {
    what: 'SNS',
    async make({ sns, lambda }, functionArn) {
      const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: 'bench' }))
      await allow(lambda, 'sns', TopicArn!)
      await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'lambda', Endpoint: functionArn }))
      return () => sns.send(new PublishCommand({ TopicArn, Message: 'x' }))
    },
  },
  {
    what: 'SQS',
    async make({ sqs, lambda }, functionArn) {
      const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'bench' }))
      const [, , , region, account] = functionArn.split(':')
      await lambda.send(new CreateEventSourceMappingCommand({ FunctionName: 'bench-seen', EventSourceArn: `arn:aws:sqs:${region}:${account}:bench`, BatchSize: 1 }))
      return () => sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'x' }))
    },
  },
  {
    what: 'S3',
    async make({ s3, lambda }, functionArn) {
      const Bucket = `bench-trigger-${functionArn.split(':')[4]}`
      await s3.send(new CreateBucketCommand({ Bucket }))
      await allow(lambda, 's3', `arn:aws:s3:::${Bucket}`)
      await s3.send(new PutBucketNotificationConfigurationCommand({ Bucket, NotificationConfiguration: { LambdaFunctionConfigurations: [{ LambdaFunctionArn: functionArn, Events: ['s3:ObjectCreated:*'] }] } }))
      return () => s3.send(new PutObjectCommand({ Bucket, Key: 'x', Body: 'x' }))
    },
  },
  {
    what: 'EventBridge',
    async make({ events, lambda }, functionArn) {
      const { RuleArn } = await events.send(new PutRuleCommand({ Name: 'bench', EventPattern: '{"source":["bench"]}' }))
      await allow(lambda, 'events', RuleArn!)
      await events.send(new PutTargetsCommand({ Rule: 'bench', Targets: [{ Id: 'x', Arn: functionArn }] }))
      return () => events.send(new PutEventsCommand({ Entries: [{ Source: 'bench', DetailType: 'x', Detail: '{}' }] }))
    },
  },
]

/** From a call that triggers a function until its handler runs, p50. */
export async function benchDeliveries(running: Running[]): Promise<Row[]> {
  const rows: Row[] = []
  const echo = await echoServer()
  for (const { what, make } of TRIGGERS) {
    const users = await Promise.all(
      running.filter(({ name }) => name !== 'moto').map(async (cloud) => ({ name: cloud.name, set: await setUp(cloud, make).catch((error: unknown) => new Error(wordOf(error))) })),
    )
    const outcome = await compete(users, { runs: RUNS, warmUp: WARM_UP }, () => timed(echo.call), async ({ set }) => {
      if (set instanceof Error) throw set
      return latency(set)
    })
    const moto = running.some(({ name }) => name === 'moto') ? 'in Docker only' : ''
    rows.push({ what: `${what} to a handler, p50`, unit: 'ms', ...cellsOf(outcome, median, 'bare HTTP echo'), moto })
  }
  echo.close()
  return rows
}

interface SetUp {
  clients: Clients
  seen: string
  trigger: () => Promise<unknown>
}

async function setUp(cloud: Running, make: Trigger['make']): Promise<SetUp> {
  const clients = await cloud.newAccount()
  const { QueueUrl } = await clients.sqs.send(new CreateQueueCommand({ QueueName: 'seen' }))
  const role = await makeRole(clients)
  await allowAll(clients, 'sqs:*')
  const { FunctionArn } = await clients.lambda.send(
    new CreateFunctionCommand({ FunctionName: 'bench-seen', Role: role, Runtime: 'nodejs20.x', Handler: 'index.handler', Code: { ZipFile: zipSync({ 'index.mjs': strToU8(HANDLER) }) }, Timeout: 20, Environment: { Variables: { SEEN: QueueUrl! } } }),
  )
  await waitUntilFunctionActiveV2({ client: clients.lambda, maxWaitTime: 20, minDelay: 1, maxDelay: 1 }, { FunctionName: 'bench-seen' })
  return { clients, seen: QueueUrl!, trigger: await make(clients, FunctionArn!) }
}

/** Both clocks are this machine's, so that what the handler tells later counts from here. */
async function latency({ clients: { sqs }, seen, trigger }: SetUp): Promise<number> {
  const before = Date.now()
  await trigger()
  const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: seen, WaitTimeSeconds: WAIT_S }))
  const [message] = Messages ?? []
  if (!message) throw new Error(`nothing came in ${WAIT_S} s`)
  await sqs.send(new DeleteMessageCommand({ QueueUrl: seen, ReceiptHandle: message.ReceiptHandle }))
  return Number(message.Body) - before
}

async function allow(lambda: Clients['lambda'], service: string, SourceArn: string): Promise<void> {
  await lambda.send(new AddPermissionCommand({ FunctionName: 'bench-seen', StatementId: service, Action: 'lambda:InvokeFunction', Principal: `${service}.amazonaws.com`, SourceArn }))
}
