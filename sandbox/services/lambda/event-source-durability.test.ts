import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { CreateEventSourceMappingCommand, LambdaClient } from '@aws-sdk/client-lambda'
import { DeleteMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { ClientConfig } from '../../testing'
import { queueTools } from '../sqs/testing'
import { eventually, functionMaker, makeRole, zipOf } from './testing'

let data: string
let program: ChildProcess | undefined
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'event-source-'))
})
afterEach(async () => {
  await kill()
  rmSync(data, { recursive: true, force: true })
})

async function start(): Promise<ClientConfig> {
  program = spawn(process.execPath, ['--import', 'tsx', 'sandbox/main.ts', '--port', '0', '--data', data, '--auth', 'open'], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = (await once(createInterface(program.stdout!), 'line')) as [string]
  return { endpoint: JSON.parse(line).url, region: 'us-east-1', credentials: { accessKeyId: '111111111111', secretAccessKey: 'x' }, maxAttempts: 1 }
}

async function kill(): Promise<void> {
  if (!program || program.exitCode !== null || program.signalCode !== null) return
  program.kill('SIGKILL')
  await once(program, 'exit')
}

const CODE = `import { SQSClient, SendMessageCommand } from '@aws-sdk/client-sqs'
const sqs = new SQSClient({ useQueueUrlAsEndpoint: false })
export const handler = async ({ Records }) => {
  await new Promise((done) => setTimeout(done, 300))
  for (const { body } of Records) await sqs.send(new SendMessageCommand({ QueueUrl: '/111111111111/sink', MessageBody: body }))
}`

it('brings every message to the function, also those that were at work when the sandbox was killed', { timeout: 60_000 }, async () => {
  let config = await start()
  const sqs = () => new SQSClient({ ...config, useQueueUrlAsEndpoint: false })
  const tools = queueTools(sqs())
  await tools.make('sink')
  const source = await tools.make('source', { VisibilityTimeout: '2' })
  await functionMaker(new LambdaClient(config), await makeRole(config, 'r', ['AmazonSQSFullAccess']))('worker', { zip: zipOf({ 'index.mjs': CODE }), Timeout: 2 })
  await new LambdaClient(config).send(new CreateEventSourceMappingCommand({ FunctionName: 'worker', EventSourceArn: await tools.attribute(source, 'QueueArn'), BatchSize: 2 }))
  const sent = Array.from({ length: 12 }, (_, i) => `m${i}`)
  await Promise.all(sent.map((MessageBody) => sqs().send(new SendMessageCommand({ QueueUrl: source, MessageBody }))))
  await eventually(async () => (Number(await tools.attribute(source, 'ApproximateNumberOfMessagesNotVisible')) > 0 ? true : undefined))
  await kill()

  config = await start()
  const after = queueTools(sqs())
  const arrived = new Set<string>()
  const until = Date.now() + 40_000
  while (arrived.size < sent.length && Date.now() < until) {
    for (const { Body, ReceiptHandle } of await after.receive('/111111111111/sink', { MaxNumberOfMessages: 10, WaitTimeSeconds: 5 })) {
      arrived.add(Body!)
      await sqs().send(new DeleteMessageCommand({ QueueUrl: '/111111111111/sink', ReceiptHandle }))
    }
  }
  expect([...arrived].sort()).toEqual([...sent].sort())
})
