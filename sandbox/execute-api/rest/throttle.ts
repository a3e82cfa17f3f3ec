import type { Store } from '../../store'
import type { Exchange } from './exchange'
import { GatewayError } from './gateway-error'

interface Bucket {
  tokens: number
  /** Epoch ms. */
  filledAt: number
}

const MOST_BUCKETS = 10_000
const buckets = new WeakMap<Store, Map<string, Bucket>>()

/**
 * Takes one token from a bucket that holds `burst` and gains `rate` each second (API Gateway developer guide, "Throttle requests").
 * False where it is empty. Buckets are kept in memory: a restart fills them.
 */
export function takeToken({ sandbox }: Pick<Exchange, 'sandbox'>, name: string, rate: number, burst: number): boolean {
  let all = buckets.get(sandbox.store)
  if (!all) buckets.set(sandbox.store, (all = new Map()))
  if (all.size > MOST_BUCKETS) all.clear()
  const now = sandbox.now()
  const before = all.get(name) ?? { tokens: burst, filledAt: now }
  const tokens = Math.min(burst, before.tokens + ((now - before.filledAt) / 1000) * rate)
  const isTaken = tokens >= 1
  all.set(name, { tokens: isTaken ? tokens - 1 : tokens, filledAt: now })
  return isTaken
}

/** Throttles by the stage's settings of the method, else of all its methods. @throws GatewayError 429 */
export function throttleStage(exchange: Exchange): void {
  const { api, stageName, resource, method, settings } = exchange
  const { throttlingRateLimit: rate = -1, throttlingBurstLimit: burst = -1 } = settings?.of ?? {}
  // A limit of -1 is none.
  if (rate < 0 && burst < 0) return
  const most = burst < 0 ? Math.max(rate, 1) : burst
  const name = ['stage', api.id, stageName, resource.id, method.httpMethod].join('/')
  if (!takeToken(exchange, name, rate < 0 ? most : rate, most)) throw new GatewayError('THROTTLED')
}
