import { randomBytes } from 'node:crypto'
import { Alarms } from './alarms'
import { handleAdmin, type Status } from './admin'
import { addressOf, customDomainAddress, executeApi } from './execute-api/index'
import { handle } from './handle'
import { listen, type Answer } from './listen'
import { Outbox } from './outbox'
import { openState, type SandboxOptions } from './sandbox'
import { Metrics } from './services/cloudwatch/metrics'
import { services } from './services/index'
import { keepDynamoDb } from './services/dynamodb/maintenance'
import { answerFunctionUrl, functionUrlOf } from './services/lambda/answer-function-url'
import { CODE_PATH, serveCode } from './services/lambda/code'
import { startLambda } from './services/lambda/start'
import { answerTopicLink, isTopicLink } from './services/sns/links'
import { keepRetention } from './services/logs/log-store'
import { collectFiles, filesAtStart } from './services/s3/blobs'
import { withCors } from './services/s3/cors'
import { isUpload } from './services/s3/is-upload'
import { UnderWay } from './under-way'
import packageJson from '../package.json' with { type: 'json' }

export type { SandboxOptions } from './sandbox'

const STOP_WITHIN_MS = 10_000

/** A sandbox that is up. */
export interface RunningSandbox {
  /** `http://127.0.0.1:4566` */
  url: string
  port: number
  adminToken: string
  /** Ends it: what is under way may finish within `stopWithinMs`, then handlers are stopped and the state is closed. */
  close(): Promise<void>
}

/**
 * Starts the embedded AWS in this process.
 * @example const sandbox = await startSandbox({ memory: true, port: 0, auth: 'open' })
 * @throws where the port is taken, the data folder is held by another process, damaged or of a newer version, or `open` is asked beyond loopback
 */
export async function startSandbox(options: SandboxOptions): Promise<RunningSandbox> {
  const host = options.host ?? '127.0.0.1'
  const auth = options.auth ?? 'strict'
  const isLoopback = /^(127\.|localhost$|::1$)/.test(host)
  if (auth === 'open' && !isLoopback) throw new Error(`--auth open takes any key, so it serves loopback only, not ${host}.`)
  const state = await openState(options)
  const { dataDir, store, seal, clock } = state
  const adminToken = options.adminToken ?? randomBytes(24).toString('hex')
  const alarms = new Alarms(store, clock)
  const outbox = new Outbox(store, clock)
  const metrics = new Metrics(store)
  let url = ''
  const base = { dataDir, auth, store, seal, clock, alarms, outbox, metrics, allowOutgoing: options.allowOutgoing ?? [], now: Date.now, url: () => url }
  const lambda = startLambda(base, options)
  const { sandbox } = lambda
  if (!isLoopback && (await sandbox.engine.isolation()) === 'none') {
    await lambda.close()
    await state.close()
    throw new Error(`Without bubblewrap handlers run unconfined, so the sandbox serves loopback only, not ${host}.`)
  }
  const endRetention = keepRetention(sandbox)
  const endDynamoDb = keepDynamoDb(sandbox)
  const status = async (): Promise<Status> => ({ version: packageJson.version, isolation: await sandbox.engine.isolation(), runtimes: await sandbox.engine.runtimes() })

  const answer: Answer = async (request, peer) => {
    if (request.path.startsWith('/_worklab/')) return handleAdmin(sandbox, request, adminToken, status)
    if (request.path.startsWith(CODE_PATH)) return serveCode(sandbox, request)
    if (request.path === '/_localstack/health') return health()
    const address = addressOf(request)
    if (address) return executeApi(sandbox, address, request, peer)
    if (isTopicLink(request)) return answerTopicLink(sandbox, services.find(({ name }) => name === 'sns')!, request)
    const functionUrl = functionUrlOf(request)
    if (functionUrl) return answerFunctionUrl(sandbox, functionUrl, request, peer)
    const customDomain = await customDomainAddress(sandbox, request)
    if (customDomain) return executeApi(sandbox, customDomain, request, peer)
    return withCors(sandbox, request, () => handle(sandbox, services, request, peer))
  }
  const objectFiles = await filesAtStart(sandbox)
  const underWay = new UnderWay(answer)
  const { server, port } = await listen({ port: options.port ?? 4566, host }, underWay.answer, isUpload).catch(async (error) => {
    endRetention()
    await endDynamoDb()
    await lambda.close()
    await state.close()
    throw error
  })
  url = `http://${host.includes(':') ? `[${host}]` : host}:${port}`
  // Nobody waits for the tidying.
  void collectFiles(sandbox, objectFiles).catch(() => {})
  await lambda.resume()
  await outbox.resume(sandbox, services)
  await alarms.resume(sandbox, services)
  return {
    url,
    port,
    adminToken,
    async close() {
      // Handlers at work call the sandbox, so that it goes on to listen until they are done or their time is up.
      await underWay.end(sandbox, options.stopWithinMs ?? STOP_WITHIN_MS)
      server.close()
      server.closeAllConnections()
      endRetention()
      await endDynamoDb()
      await Promise.all([alarms.close(), outbox.close()])
      await lambda.close()
      await metrics.flush()
      await state.close()
    },
  }
}

function health() {
  const body = { services: Object.fromEntries(services.map(({ name }) => [name, 'running'])), edition: 'worklab', version: packageJson.version }
  return { status: 200, headers: { 'content-type': 'application/json' }, body: Buffer.from(JSON.stringify(body)) }
}
