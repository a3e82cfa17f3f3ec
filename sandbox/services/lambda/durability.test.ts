import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs'
import { InvokeCommand, LambdaClient, ListFunctionsCommand, PublishVersionCommand } from '@aws-sdk/client-lambda'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { ClientConfig } from '../../testing'
import { eventually, functionMaker, handlerZip, makeRole } from './testing'

let data: string
let program: ChildProcess | undefined
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'durability-'))
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

it('loses no function, version or log that it acknowledged when it is killed', { timeout: 60_000 }, async () => {
  let config = await start()
  const create = functionMaker(new LambdaClient(config), await makeRole(config, 'r', ['service-role/AWSLambdaBasicExecutionRole']))
  const acknowledged: string[] = []
  const write = async (worker: number) => {
    for (let i = 0; ; i += 1) {
      const name = `f-${worker}-${i}`
      await create(name, { zip: handlerZip(`async () => console.log("by ${name}") ?? "${name}"`) })
      await new LambdaClient(config).send(new PublishVersionCommand({ FunctionName: name }))
      acknowledged.push(name)
    }
  }
  const workers = [0, 1, 2].map((worker) => write(worker).catch(() => {}))
  await eventually(async () => (acknowledged.length >= 6 ? true : undefined))
  await kill()
  await Promise.all(workers)

  config = await start()
  const lambda = new LambdaClient(config)
  for (const name of acknowledged) expect((await lambda.send(new InvokeCommand({ FunctionName: name, Qualifier: '1' }))).Payload!.transformToString()).toBe(`"${name}"`)
  const { Functions } = await lambda.send(new ListFunctionsCommand({}))
  // One more per worker may have been written without its answer arriving.
  expect(Functions!.length).toBeGreaterThanOrEqual(acknowledged.length)
  for (const { FunctionName } of Functions!) expect((await lambda.send(new InvokeCommand({ FunctionName }))).FunctionError).toBeUndefined()
})

it('runs an event that it accepted before it was killed', { timeout: 60_000 }, async () => {
  let config = await start()
  const create = functionMaker(new LambdaClient(config), await makeRole(config, 'r', ['service-role/AWSLambdaBasicExecutionRole']))
  await create('slow', { zip: handlerZip('async (event) => { await new Promise((done) => setTimeout(done, 1500)); console.log("done with", event.n) }'), Timeout: 10 })
  expect((await new LambdaClient(config).send(new InvokeCommand({ FunctionName: 'slow', InvocationType: 'Event', Payload: '{"n":5}' }))).StatusCode).toBe(202)
  await kill()
  config = await start()
  const logs = new CloudWatchLogsClient(config)
  const found = await eventually(async () => (await logs.send(new FilterLogEventsCommand({ logGroupName: '/aws/lambda/slow', filterPattern: '"done with 5"' })).catch(() => undefined))?.events?.[0])
  expect(found.message).toContain('done with 5')
})
