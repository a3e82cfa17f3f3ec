import { ALL } from '../../credentials'
import type { Call } from '../../operation'
import type { Sandbox } from '../../sandbox'
import type { Store, Write } from '../../store'
import { notFound } from './errors'
import { apiPlaces, restApis, scopeOf, snapshots, type Definition, type RestApiRecord } from './records'

interface Cache {
  apis: Map<string, RestApiRecord>
  snapshots: Map<string, Definition>
}

const MOST_CACHED = 500
const caches = new WeakMap<Store, Cache>()

/** Records read lately: a request to a deployed API must not wait for the disk. All writes go through this file. */
function cacheOf({ store }: Sandbox): Cache {
  let cache = caches.get(store)
  if (!cache) caches.set(store, (cache = { apis: new Map(), snapshots: new Map() }))
  if (cache.apis.size > MOST_CACHED) cache.apis.clear()
  if (cache.snapshots.size > MOST_CACHED) cache.snapshots.clear()
  return cache
}

type Place = { account: string; region: string }

/** Finds a REST API by its id alone; the record must not be changed. */
export async function findApiAnywhere(sandbox: Sandbox, id: string): Promise<RestApiRecord | undefined> {
  const cached = cacheOf(sandbox).apis.get(id)
  if (cached) return cached
  const place = await sandbox.store.get(apiPlaces, ALL, id)
  return place && findApi(sandbox, place, id)
}

/** Finds a REST API of an account and region; the record must not be changed. */
export async function findApi(sandbox: Sandbox, place: Place, id: string): Promise<RestApiRecord | undefined> {
  const { apis } = cacheOf(sandbox)
  const isHere = (api: RestApiRecord) => api.account === place.account && api.region === place.region
  const cached = apis.get(id)
  if (cached) return isHere(cached) ? cached : undefined
  const read = await sandbox.store.get(restApis, scopeOf(place), id)
  // A write may have come in between; what it left in the cache is newer.
  const found = apis.get(id) ?? read
  if (!found || !isHere(found)) return undefined
  apis.set(id, found)
  return found
}

/** The API that a call names. @throws NotFoundException in AWS's words */
export async function requireApi(call: Call): Promise<RestApiRecord> {
  const id = call.input.restApiId as string
  const found = await findApi(call.sandbox, call, id)
  if (!found) throw notFound(`Invalid API identifier specified ${call.account}:${id}`)
  return found
}

/** All REST APIs of an account in a region. */
export async function listApis(sandbox: Sandbox, place: Place): Promise<RestApiRecord[]> {
  return (await sandbox.store.list(restApis, scopeOf(place))).map(({ value }) => value)
}

/** Runs `work` alone on what the account has in API Gateway. */
export function lockGateway<T>({ sandbox, account }: Pick<Call, 'sandbox' | 'account'>, work: () => Promise<T>): Promise<T> {
  return sandbox.store.lock(`apigateway ${account}`, work)
}

/** Writes an API together with the snapshots of new deployments, and without those that are undefined; to be called within {@link lockGateway}. */
export async function saveApi(sandbox: Sandbox, api: RestApiRecord, changed: Record<string, Definition | undefined> = {}): Promise<void> {
  const scope = scopeOf(api)
  await sandbox.store.batch([
    { collection: restApis, scope, key: api.id, value: api },
    { collection: apiPlaces, scope: ALL, key: api.id, value: { account: api.account, region: api.region } },
    ...Object.entries(changed).map(([deployment, value]) => ({ collection: snapshots, scope, key: `${api.id}/${deployment}`, value })),
  ])
  cacheOf(sandbox).apis.set(api.id, api)
  for (const deployment of Object.keys(changed)) cacheOf(sandbox).snapshots.delete(`${api.id}/${deployment}`)
}

/**
 * Changes the API that a call names: `change` gets a copy to alter, which is then written.
 * @throws NotFoundException where there is none, and what `change` throws
 */
export async function changeApi<T>(call: Call, change: (api: RestApiRecord) => T | Promise<T>): Promise<T> {
  return lockGateway(call, async () => {
    const api = structuredClone(await requireApi(call))
    const result = await change(api)
    await saveApi(call.sandbox, api)
    return result
  })
}

/** Deletes an API with its snapshots, and does what else that brings with it; to be called within {@link lockGateway}. */
export async function removeApi(sandbox: Sandbox, api: RestApiRecord, more: Write[]): Promise<void> {
  const scope = scopeOf(api)
  const gone = await sandbox.store.list(snapshots, scope, { prefix: `${api.id}/` })
  await sandbox.store.batch([
    { collection: restApis, scope, key: api.id },
    { collection: apiPlaces, scope: ALL, key: api.id },
    ...gone.map(({ key }) => ({ collection: snapshots, scope, key })),
    ...more,
  ])
  cacheOf(sandbox).apis.delete(api.id)
}

/** What a deployment froze; must not be changed. */
export async function snapshotOf(sandbox: Sandbox, api: RestApiRecord, deployment: string): Promise<Definition | undefined> {
  const { snapshots: cache } = cacheOf(sandbox)
  const name = `${api.id}/${deployment}`
  const found = cache.get(name) ?? (await sandbox.store.get(snapshots, scopeOf(api), name))
  if (found) cache.set(name, found)
  return found
}
