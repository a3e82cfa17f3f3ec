import { timingSafeEqual } from 'node:crypto'
import { createAccount, learnerKey, LEARNER, rootSession, rotateKey } from './accounts'
import { auditEvents } from './audit'
import { inAccount } from './clock'
import { AwsError } from './errors'
import { describeError, type WireRequest, type WireResponse } from './protocol/index'
import type { Sandbox } from './sandbox'
import { inventory } from './services/index'

/** What the sandbox says of itself. */
export interface Status {
  version: string
  isolation: 'bwrap' | 'none'
  runtimes: Record<string, { available: boolean; version?: string; note?: string }>
}

const ACCOUNT_PATH = /^\/_worklab\/accounts\/(\d{12})\/(keys|session|events|resources|clock)$/
const MOST_EVENTS = 500

/**
 * The API beside AWS's own by which Worklab makes accounts, hands out keys, and reads trail and inventory.
 * Every call bears the admin token.
 */
export async function handleAdmin(sandbox: Sandbox, request: WireRequest, token: string, status: () => Promise<Status>): Promise<WireResponse> {
  try {
    if (!isToken(request.headers.authorization ?? '', `Bearer ${token}`)) throw new AwsError('Unauthorized', 'The admin token is missing or wrong.', 401)
    const [code, body] = await answer(sandbox, request, status)
    return json(code, body)
  } catch (error) {
    const wire = describeError(undefined, error)
    if (wire.status === 500) console.error(error)
    return json(wire.status, { code: wire.code, message: wire.message })
  }
}

async function answer(sandbox: Sandbox, request: WireRequest, status: () => Promise<Status>): Promise<[number, unknown]> {
  const { method, path, query } = request
  if (path === '/_worklab/status' && method === 'GET') return [200, await status()]
  if (path === '/_worklab/accounts' && method === 'POST') return [201, await createAccount(sandbox)]
  const [, account, what] = ACCOUNT_PATH.exec(path) ?? []
  if (account !== undefined) {
    switch (`${method} ${what}`) {
      case 'GET keys':
        return [200, shown(await learnerKey(sandbox, account))]
      case 'POST keys':
        return [200, shown(await rotateKey(sandbox, account))]
      case 'POST session':
        return [200, await rootSession(inAccount(sandbox, account), account)]
      case 'GET events': {
        const limit = Math.min(Number(query.get('limit')) || 50, MOST_EVENTS)
        const before = query.get('before') ?? undefined
        const found = await sandbox.store.list(auditEvents, account, { reverse: true, limit, ...(before === undefined ? {} : { after: before }) })
        return [200, { events: found.map(({ value }) => value), ...(found.length === limit ? { before: found.at(-1)!.key } : {}) }]
      }
      case 'POST clock':
        await sandbox.clock.forward(account, forwardMs(request.body))
        return [200, clockOf(sandbox, account)]
      case 'GET clock':
        return [200, clockOf(sandbox, account)]
      case 'GET resources':
        return [200, { resources: (await inventory(sandbox, account)).filter((r) => !(r.type === 'user' && r.name === LEARNER)) }]
    }
  }
  throw new AwsError('NotFound', `The admin API has no ${method} ${path}.`, 404)
}

function clockOf({ clock }: Sandbox, account: string) {
  return { now: new Date(clock.now(account)).toISOString(), aheadBySeconds: clock.aheadBy(account) / 1000 }
}

function forwardMs(body: Buffer): number {
  let asked: unknown
  try {
    asked = (JSON.parse(body.toString('utf8')) as { forwardSeconds?: unknown } | null)?.forwardSeconds
  } catch {
    // Told below.
  }
  if (typeof asked !== 'number' || !Number.isFinite(asked)) throw new AwsError('InvalidClock', 'forwardSeconds: give a number of seconds in a JSON object.', 400)
  return asked * 1000
}

function shown({ userName, accessKeyId, secretAccessKey, createdAt }: Awaited<ReturnType<typeof learnerKey>>) {
  return { userName, accessKeyId, secretAccessKey, createdAt }
}

function isToken(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)]
  return a.length === b.length && timingSafeEqual(a, b)
}

function json(status: number, body: unknown): WireResponse {
  return { status, headers: { 'content-type': 'application/json' }, body: Buffer.from(JSON.stringify(body)) }
}
