import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  PutLogEventsCommand,
  StartLiveTailCommand,
  type LiveTailSessionLogEvent,
  type StartLiveTailRequest,
  type StartLiveTailResponseStream,
} from '@aws-sdk/client-cloudwatch-logs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { boto3, hasBoto3 } from '../../boto3-testing'
import { startTestSandbox, type TestSandbox } from '../../testing'

let sandbox: TestSandbox
let logs: CloudWatchLogsClient
const arn = (group: string) => `arn:aws:logs:us-east-1:${sandbox.accountId}:log-group:${group}`
beforeAll(async () => {
  sandbox = await startTestSandbox()
  // AWS tails on a host of its own, stream-logs.…; here it is the same.
  logs = new CloudWatchLogsClient({ ...sandbox.learner, disableHostPrefix: true })
  for (const group of ['web', 'api']) {
    await logs.send(new CreateLogGroupCommand({ logGroupName: group }))
    for (const stream of ['one', 'two']) await logs.send(new CreateLogStreamCommand({ logGroupName: group, logStreamName: stream }))
  }
})
afterAll(() => sandbox.remove())

const put = (logGroupName: string, logStreamName: string, message: string) => logs.send(new PutLogEventsCommand({ logGroupName, logStreamName, logEvents: [{ timestamp: Date.now(), message }] }))

async function tail(more: Partial<StartLiveTailRequest> = {}) {
  // A session ends with its connection.
  const client = new CloudWatchLogsClient({ ...sandbox.learner, disableHostPrefix: true })
  const { responseStream } = await client.send(new StartLiveTailCommand({ logGroupIdentifiers: [arn('web')], ...more }))
  const events = responseStream![Symbol.asyncIterator]()
  const start = (await events.next()).value as StartLiveTailResponseStream
  return {
    start: start.sessionStart!,
    /** Waits for so many events. */
    async take(many: number): Promise<LiveTailSessionLogEvent[]> {
      const taken: LiveTailSessionLogEvent[] = []
      while (taken.length < many) taken.push(...((await events.next()).value as StartLiveTailResponseStream).sessionUpdate!.sessionResults!)
      return taken
    },
    end: () => client.destroy(),
  }
}

it('tells what groups take while they take it', async () => {
  await put('web', 'one', 'before')
  const session = await tail({ logGroupIdentifiers: [arn('web'), arn('api')] })
  expect(session.start).toMatchObject({ sessionId: expect.any(String), logGroupIdentifiers: [arn('web'), arn('api')], logEventFilterPattern: '' })
  await put('web', 'one', 'hello')
  await put('api', 'two', 'world')
  expect(await session.take(2)).toMatchObject([
    { logGroupIdentifier: `${sandbox.accountId}:web`, logStreamName: 'one', message: 'hello', timestamp: expect.any(Number), ingestionTime: expect.any(Number) },
    { logGroupIdentifier: `${sandbox.accountId}:api`, logStreamName: 'two', message: 'world' },
  ])
  session.end()
})

it('tells only what a pattern and the streams let through', async () => {
  const session = await tail({ logStreamNames: ['one'], logEventFilterPattern: '{ $.level = "error" }' })
  await put('web', 'two', '{"level":"error"}')
  await put('web', 'one', '{"level":"info"}')
  await put('web', 'one', '{"level":"error","n":1}')
  expect(await session.take(1)).toMatchObject([{ message: '{"level":"error","n":1}' }])
  session.end()
})

it('takes groups by their ARNs, and up to fifteen sessions of an account', async () => {
  await expect(tail({ logGroupIdentifiers: ['web'] })).rejects.toMatchObject({ name: 'InvalidParameterException' })
  await expect(tail({ logGroupIdentifiers: [arn('missing')] })).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
  const sessions = await Promise.all(Array.from({ length: 15 }, () => tail()))
  await expect(tail()).rejects.toMatchObject({ name: 'LimitExceededException' })
  for (const { end } of sessions) end()
  await expect.poll(() => tail().then(({ end }) => end()).then(() => 'again', () => 'not yet')).toBe('again')
})

it.skipIf(!hasBoto3)(hasBoto3 ? 'tails to boto3' : 'boto3 is not installed: left out', { timeout: 60_000 }, async () => {
  const timer = setInterval(() => void put('web', 'one', 'from afar').catch(() => {}), 300)
  const found = await boto3(
    sandbox.learner,
    `
from botocore.config import Config
stream = boto3.client("logs", config=Config(inject_host_prefix=False)).start_live_tail(logGroupIdentifiers=["${arn('web')}"])["responseStream"]
for event in stream:
    results = event.get("sessionUpdate", {}).get("sessionResults", [])
    if results:
        print(json.dumps(results[0]["message"]))
        break
stream.close()
`,
  ).finally(() => clearInterval(timer))
  expect(found).toBe('from afar')
})
