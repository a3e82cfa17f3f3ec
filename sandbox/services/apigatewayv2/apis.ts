import { ALL } from '../../credentials'
import type { Call } from '../../operation'
import type { Sandbox } from '../../sandbox'
import type { Store } from '../../store'
import { lockGateway } from '../apigateway/apis'
import { notFound } from '../apigateway/errors'
import { autoDeploy, newDeployment } from './deployments'
import { apiPlaces, httpApis, scopeOf, snapshots, type Definition, type HttpApiRecord } from './records'

interface Cache {
  apis: Map<string, HttpApiRecord>
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

/** Finds an HTTP API by its id alone; the record must not be changed. */
export async function findApiAnywhere(sandbox: Sandbox, id: string): Promise<HttpApiRecord | undefined> {
  const cached = cacheOf(sandbox).apis.get(id)
  if (cached) return cached
  const place = await sandbox.store.get(apiPlaces, ALL, id)
  return place && findApi(sandbox, place, id)
}

async function findApi(sandbox: Sandbox, place: Place, id: string): Promise<HttpApiRecord | undefined> {
  const { apis } = cacheOf(sandbox)
  const isHere = (api: HttpApiRecord) => api.account === place.account && api.region === place.region
  const cached = apis.get(id)
  if (cached) return isHere(cached) ? cached : undefined
  const read = await sandbox.store.get(httpApis, scopeOf(place), id)
  // A write may have come in between; what it left in the cache is newer.
  const found = apis.get(id) ?? read
  if (!found || !isHere(found)) return undefined
  apis.set(id, found)
  return found
}

/** The API that a call names; must not be changed. @throws NotFoundException */
export async function requireApi(call: Call): Promise<HttpApiRecord> {
  const id = call.input.ApiId as string
  const found = await findApi(call.sandbox, call, id)
  if (!found) throw notFound(`Invalid API identifier specified ${call.account}:${id}`)
  return found
}

/** All HTTP APIs of an account in a region. */
export async function listApis(sandbox: Sandbox, place: Place): Promise<HttpApiRecord[]> {
  return (await sandbox.store.list(httpApis, scopeOf(place))).map(({ value }) => value)
}

/** Freezes the API as it is at that moment under a new deployment; gives its id. */
export type Deploy = (description?: string) => string

/** Writes an API that is new, after `fill` put in what it begins with. */
export async function addApi(call: Call, api: HttpApiRecord, fill: (api: HttpApiRecord) => void | Promise<void> = () => undefined): Promise<void> {
  await lockGateway(call, async () => {
    const empty = structuredClone(api)
    await fill(api)
    await saveApi(call.sandbox, api, autoDeploy(call.sandbox, empty, api))
  })
}

/**
 * Changes the API that a call names: `change` gets a copy to alter, which is then written; stages with automatic
 * deployment get what is new at once.
 * @throws NotFoundException where there is none, and what `change` throws
 */
export async function changeApi<T>(call: Call, change: (api: HttpApiRecord, deploy: Deploy) => T | Promise<T>): Promise<T> {
  return lockGateway(call, async () => {
    const before = await requireApi(call)
    const api = structuredClone(before)
    const made: Record<string, Definition> = {}
    const result = await change(api, (description) => {
      const { id } = newDeployment(call.sandbox, api, { isAutomatic: false, ...(description === undefined ? {} : { description }) })
      made[id] = structuredClone(api.definition)
      return id
    })
    await saveApi(call.sandbox, api, { ...made, ...autoDeploy(call.sandbox, before, api) })
    return result
  })
}

async function saveApi(sandbox: Sandbox, api: HttpApiRecord, newSnapshots: Record<string, Definition>): Promise<void> {
  const scope = scopeOf(api)
  const kept = await sandbox.store.list(snapshots, scope, { prefix: `${api.id}/` })
  const gone = kept.filter(({ key }) => !Object.hasOwn(api.deployments, key.slice(api.id.length + 1)))
  await sandbox.store.batch([
    { collection: httpApis, scope, key: api.id, value: api },
    { collection: apiPlaces, scope: ALL, key: api.id, value: { account: api.account, region: api.region } },
    ...gone.map(({ key }) => ({ collection: snapshots, scope, key })),
    ...Object.entries(newSnapshots).map(([deployment, value]) => ({ collection: snapshots, scope, key: `${api.id}/${deployment}`, value })),
  ])
  cacheOf(sandbox).apis.set(api.id, api)
}

/** Deletes the API that a call names, with its snapshots. @throws NotFoundException */
export async function removeApi(call: Call): Promise<void> {
  await lockGateway(call, async () => {
    const api = await requireApi(call)
    const scope = scopeOf(api)
    const gone = await call.sandbox.store.list(snapshots, scope, { prefix: `${api.id}/` })
    await call.sandbox.store.batch([
      { collection: httpApis, scope, key: api.id },
      { collection: apiPlaces, scope: ALL, key: api.id },
      ...gone.map(({ key }) => ({ collection: snapshots, scope, key })),
    ])
    cacheOf(call.sandbox).apis.delete(api.id)
  })
}

/** What a deployment froze; must not be changed. */
export async function snapshotOf(sandbox: Sandbox, api: HttpApiRecord, deployment: string): Promise<Definition | undefined> {
  const { snapshots: cache } = cacheOf(sandbox)
  const name = `${api.id}/${deployment}`
  const found = cache.get(name) ?? (await sandbox.store.get(snapshots, scopeOf(api), name))
  if (found) cache.set(name, found)
  return found
}
