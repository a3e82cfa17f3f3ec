import { ALL } from '../../credentials'
import type { Sandbox } from '../../sandbox'
import { scopeOf, type Collection, type Store, type Write } from '../../store'

/** Where an API is. */
export interface Place {
  account: string
  region: string
}

/** What REST APIs and HTTP APIs have in common: a record each, and what their deployments froze. */
interface Kept<Api, Definition> {
  apis: Collection<Api>
  places: Collection<Place>
  snapshots: Collection<Definition>
}

const MOST_CACHED = 500

/**
 * Keeps the APIs of one kind, those read lately in memory: a request to a deployed API must not wait for the disk. All
 * writes go through here. What it gives must not be changed.
 */
export function apiStore<Api extends Place & { id: string }, Definition>({ apis, places, snapshots }: Kept<Api, Definition>) {
  const caches = new WeakMap<Store, { apis: Map<string, Api>; snapshots: Map<string, Definition> }>()

  function cacheOf({ store }: Sandbox) {
    let cache = caches.get(store)
    if (!cache) caches.set(store, (cache = { apis: new Map(), snapshots: new Map() }))
    if (cache.apis.size > MOST_CACHED) cache.apis.clear()
    if (cache.snapshots.size > MOST_CACHED) cache.snapshots.clear()
    return cache
  }

  /** The API of an account and region by its id. */
  async function find(sandbox: Sandbox, place: Place, id: string): Promise<Api | undefined> {
    const { apis: cache } = cacheOf(sandbox)
    const isHere = (api: Api) => api.account === place.account && api.region === place.region
    const cached = cache.get(id)
    if (cached) return isHere(cached) ? cached : undefined
    const read = await sandbox.store.get(apis, scopeOf(place), id)
    // A write may have come in between; what it left in the cache is newer.
    const found = cache.get(id) ?? read
    if (!found || !isHere(found)) return undefined
    cache.set(id, found)
    return found
  }

  /** The API by its id alone. */
  async function findAnywhere(sandbox: Sandbox, id: string): Promise<Api | undefined> {
    const cached = cacheOf(sandbox).apis.get(id)
    if (cached) return cached
    const place = await sandbox.store.get(places, ALL, id)
    return place && find(sandbox, place, id)
  }

  /** Ids of the deployments whose snapshots are kept. */
  async function snapshotIds(sandbox: Sandbox, api: Api): Promise<string[]> {
    const kept = await sandbox.store.list(snapshots, scopeOf(api), { prefix: `${api.id}/` })
    return kept.map(({ key }) => key.slice(api.id.length + 1))
  }

  return {
    find,
    findAnywhere,
    snapshotIds,

    /** All APIs of an account in a region. */
    async list(sandbox: Sandbox, place: Place): Promise<Api[]> {
      return (await sandbox.store.list(apis, scopeOf(place))).map(({ value }) => value)
    },

    /** What a deployment froze. */
    async snapshotOf(sandbox: Sandbox, api: Api, deployment: string): Promise<Definition | undefined> {
      const { snapshots: cache } = cacheOf(sandbox)
      const name = `${api.id}/${deployment}`
      const found = cache.get(name) ?? (await sandbox.store.get(snapshots, scopeOf(api), name))
      if (found) cache.set(name, found)
      return found
    },

    /** Writes an API together with the snapshots of new deployments, without those that are undefined, and what else goes with it. */
    async save(sandbox: Sandbox, api: Api, changed: Record<string, Definition | undefined> = {}, more: Write[] = []): Promise<void> {
      const scope = scopeOf(api)
      await sandbox.store.batch([
        { collection: apis, scope, key: api.id, value: api },
        { collection: places, scope: ALL, key: api.id, value: { account: api.account, region: api.region } },
        ...Object.entries(changed).map(([deployment, value]) => ({ collection: snapshots, scope, key: `${api.id}/${deployment}`, value })),
        ...more,
      ])
      cacheOf(sandbox).apis.set(api.id, api)
      for (const deployment of Object.keys(changed)) cacheOf(sandbox).snapshots.delete(`${api.id}/${deployment}`)
    },

    /** Deletes an API with its snapshots, and does what else that brings with it. */
    async remove(sandbox: Sandbox, api: Api, more: Write[] = []): Promise<void> {
      const scope = scopeOf(api)
      await sandbox.store.batch([
        { collection: apis, scope, key: api.id },
        { collection: places, scope: ALL, key: api.id },
        ...(await snapshotIds(sandbox, api)).map((deployment) => ({ collection: snapshots, scope, key: `${api.id}/${deployment}` })),
        ...more,
      ])
      cacheOf(sandbox).apis.delete(api.id)
    },
  }
}
