import type { Integration } from '@aws-sdk/client-api-gateway'
import { AccessDenied, authorize } from '../../authorize'
import type { Store } from '../../store'
import { lastValue } from '../pairs'
import { principalContext } from './call-function'
import { methodArn, type Exchange, type Reply } from './exchange'
import { GatewayError } from './gateway-error'
import { readSource } from './sources'

/** AWS's largest response that is kept. */
const LARGEST_RESPONSE = 1_048_576
/** What all stages together may keep in the sandbox's memory, in bytes. */
const LARGEST_CACHE = 64 << 20
const DEFAULT_TTL_S = 300

interface Kept {
  reply: Reply
  /** Epoch ms. */
  until: number
}

/** Replies by key, the longest unused first. */
class ReplyCache {
  readonly #kept = new Map<string, Kept>()
  #size = 0

  get(key: string, now: number): Reply | undefined {
    const found = this.#kept.get(key)
    if (!found) return undefined
    this.delete(key)
    if (found.until <= now) return undefined
    this.set(key, found)
    return found.reply
  }

  set(key: string, kept: Kept): void {
    this.delete(key)
    this.#kept.set(key, kept)
    this.#size += sizeOf(kept)
    for (const oldest of this.#kept.keys()) {
      if (this.#size <= LARGEST_CACHE) break
      this.delete(oldest)
    }
  }

  delete(key: string): void {
    const found = this.#kept.get(key)
    if (found) this.#size -= sizeOf(found)
    this.#kept.delete(key)
  }

  deleteFrom(start: string): void {
    for (const key of [...this.#kept.keys()]) if (key.startsWith(start)) this.delete(key)
  }
}

function sizeOf({ reply }: Kept): number {
  return 1024 + reply.body.length + JSON.stringify(reply.headers).length
}

const caches = new WeakMap<Store, ReplyCache>()

function cacheOf({ store }: Exchange['sandbox']): ReplyCache {
  let cache = caches.get(store)
  if (!cache) caches.set(store, (cache = new ReplyCache()))
  return cache
}

/**
 * The response of a method from its stage's cache where it is there, else what `work` makes, which is then kept for the
 * method's time to live (API Gateway developer guide, "Cache settings for REST APIs").
 * @throws GatewayError what `work` throws, which is not kept; 403 where the caller may not pass by the cache
 */
export async function throughCache(exchange: Exchange, integration: Integration, work: () => Promise<Reply>): Promise<Reply> {
  const { sandbox, stage, method, httpMethod, settings } = exchange
  const { cachingEnabled = false, cacheTtlInSeconds: ttl = DEFAULT_TTL_S } = settings?.of ?? {}
  // Where all methods of a stage are cached, that is all GET methods.
  const isCached = stage?.cacheClusterEnabled && cachingEnabled && ttl > 0 && (httpMethod === 'GET' || settings?.isOwn === true)
  if (!isCached) return work()
  const cache = cacheOf(sandbox)
  const key = keyOf(exchange, integration)
  const passes = await maySkipCache(exchange)
  const found = passes === true ? undefined : cache.get(key, sandbox.now())
  if (found) exchange.log(`Response of ${method.httpMethod} taken from the cache of the stage`)
  const reply = found ?? (await work())
  if (!found && reply.body.length <= LARGEST_RESPONSE) cache.set(key, { reply, until: sandbox.now() + ttl * 1000 })
  return passes === 'warned' ? { ...reply, headers: [...reply.headers, ['Warning', '199 - "The caller is not authorized to invalidate the cache."']] } : reply
}

/** Forgets what is kept for a stage. */
export function flushStage(sandbox: Exchange['sandbox'], apiId: string, stageName: string): void {
  cacheOf(sandbox).deleteFrom(JSON.stringify([apiId, stageName]).slice(0, -1))
}

/** One entry for each combination of values of the cache key's parameters; what else differs makes no other entry. */
function keyOf(exchange: Exchange, { cacheNamespace, cacheKeyParameters = [] }: Integration): string {
  const { api, stageName, stage, httpMethod, resource, context } = exchange
  const ofCanary = context.isCanaryRequest === true && !stage?.canarySettings?.useStageCache
  const values = [...cacheKeyParameters].sort().map((name) => [name, readParameter(exchange, name) ?? null])
  return JSON.stringify([api.id, stageName, ofCanary, cacheNamespace ?? resource.id, httpMethod, values])
}

/** A parameter of the method's request, or of the integration's by what it is mapped from. */
function readParameter(exchange: Exchange, name: string): string | string[] | undefined {
  const mapped = name.startsWith('integration.request.') ? exchange.method.methodIntegration?.requestParameters?.[name] : undefined
  return readSource(exchange, mapped ?? name)
}

/** Whether the client wants, and is allowed, to have the response made anew: `Cache-Control: max-age=0`. */
async function maySkipCache(exchange: Exchange): Promise<boolean | 'warned'> {
  const { sandbox, headers, settings, context, api } = exchange
  if (!/(^|[\s,])max-age=0\b/.test(lastValue(headers, 'cache-control', true) ?? '')) return false
  if (settings?.of.requireAuthorizationForCacheControl === false) return true
  const resource = methodArn(exchange)
  try {
    const principal = context.caller
    if (principal) {
      await authorize(sandbox, { principal, action: 'execute-api:InvalidateCache', resource, resourceAccount: api.account, context: principalContext(exchange, principal, resource) })
      return true
    }
  } catch (error) {
    if (!(error instanceof AccessDenied)) throw error
  }
  switch (settings?.of.unauthorizedCacheControlHeaderStrategy) {
    case 'FAIL_WITH_403':
      throw new GatewayError('ACCESS_DENIED', { message: 'The caller is not authorized to invalidate the cache.' })
    case 'SUCCEED_WITHOUT_RESPONSE_HEADER':
      return false
    default:
      return 'warned'
  }
}
