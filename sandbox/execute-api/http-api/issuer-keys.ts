import type { Sandbox } from '../../sandbox'
import type { Store } from '../../store'
import { callUrl, type Caller } from '../outgoing'
import { GatewayError } from '../rest/gateway-error'
import type { SigningKey } from './jwt'

/** How long API Gateway keeps a key set. */
const KEEP_MS = 2 * 60 * 60_000
/** A key that is not in it is looked for at most this often. */
const RETRY_MS = 1_000
/** API Gateway's own limit for the issuer's answers. */
const TIMEOUT_MS = 1500
const MOST_ISSUERS = 500

interface KeySet {
  keys: SigningKey[]
  /** Epoch ms. */
  readAt: number
}

const sets = new WeakMap<Store, Map<string, KeySet>>()

/** On whose behalf an issuer is asked; `machine` is the sandbox by the machine's clock. */
export type Asker = Caller & { machine: Sandbox }

/**
 * The keys of an issuer, by its `/.well-known/openid-configuration`. Only hosts that `allowOutgoing` names and deployed APIs
 * of this sandbox are asked; undefined where the issuer does not answer as it should.
 * @param isFitting whether the key that is sought is among keys kept
 */
export async function issuerKeys(exchange: Asker, issuer: string, isFitting: (keys: SigningKey[]) => boolean): Promise<SigningKey[] | undefined> {
  const { machine: sandbox } = exchange
  let known = sets.get(sandbox.store)
  if (!known) sets.set(sandbox.store, (known = new Map()))
  if (known.size > MOST_ISSUERS) known.clear()
  const kept = known.get(issuer)
  const age = kept === undefined ? Infinity : sandbox.now() - kept.readAt
  if (kept && (age < RETRY_MS || (age < KEEP_MS && isFitting(kept.keys)))) return kept.keys
  const configuration = await readJson(exchange, `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`)
  const uri = configuration?.jwks_uri
  const set = typeof uri === 'string' ? await readJson(exchange, uri) : undefined
  const keys = Array.isArray(set?.keys) ? (set.keys as SigningKey[]) : undefined
  if (keys) known.set(issuer, { keys, readAt: sandbox.now() })
  return keys
}

async function readJson(exchange: Asker, text: string): Promise<Record<string, unknown> | undefined> {
  try {
    const answer = await callUrl({ ...exchange, headers: exchange.headers.filter(([name]) => name.toLowerCase() === 'x-sandbox-hops') }, { url: new URL(text), method: 'GET', headers: [['Accept', 'application/json']], body: Buffer.alloc(0), timeoutMs: TIMEOUT_MS })
    const value = answer.status === 200 ? JSON.parse(answer.body.toString('utf8')) : undefined
    return typeof value === 'object' && value !== null ? value : undefined
  } catch (error) {
    if (error instanceof GatewayError || error instanceof TypeError || error instanceof SyntaxError) return undefined
    throw error
  }
}
