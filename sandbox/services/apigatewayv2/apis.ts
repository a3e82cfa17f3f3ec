import type { Call } from '../../operation'
import type { Sandbox } from '../../sandbox'
import { apiStore } from '../apigateway/api-store'
import { lockGateway } from '../apigateway/apis'
import { notFound } from '../apigateway/errors'
import { autoDeploy, newDeployment } from './deployments'
import { checkApiCount, checkQuotas } from './quotas'
import { apiPlaces, httpApis, snapshots, type Definition, type HttpApiRecord } from './records'

const store = apiStore({ apis: httpApis, places: apiPlaces, snapshots })

/** HTTP APIs and what their deployments froze; see the store. */
export const { find: findApi, findAnywhere: findApiAnywhere, list: listApis, snapshotOf } = store

/** The API that a call names; must not be changed. @throws NotFoundException */
export async function requireApi(call: Call): Promise<HttpApiRecord> {
  const id = call.input.ApiId as string
  const found = await store.find(call.sandbox, call, id)
  if (!found) throw notFound(`Invalid API identifier specified ${call.account}:${id}`)
  return found
}

/** Freezes the API as it is at that moment under a new deployment; gives its id. */
export type Deploy = (description?: string) => string

/** Writes an API that is new, after `fill` put in what it begins with. @throws TooManyRequestsException where there is no room */
export async function addApi(call: Call, api: HttpApiRecord, fill: (api: HttpApiRecord) => void | Promise<void> = () => undefined): Promise<void> {
  await lockGateway(call, async () => {
    checkApiCount((await listApis(call.sandbox, call)).length)
    const empty = structuredClone(api)
    await fill(api)
    checkQuotas(empty, api)
    await saveApi(call.sandbox, api, autoDeploy(call.sandbox, empty, api))
  })
}

/**
 * Changes the API that a call names: `change` gets a copy to alter, which is then written; stages with automatic
 * deployment get what is new at once.
 * @throws NotFoundException where there is none, TooManyRequestsException where there is no room, and what `change` throws
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
    checkQuotas(before, api)
    await saveApi(call.sandbox, api, { ...made, ...autoDeploy(call.sandbox, before, api) })
    return result
  })
}

async function saveApi(sandbox: Sandbox, api: HttpApiRecord, newSnapshots: Record<string, Definition>): Promise<void> {
  const gone = (await store.snapshotIds(sandbox, api)).filter((deployment) => !Object.hasOwn(api.deployments, deployment))
  await store.save(sandbox, api, { ...Object.fromEntries(gone.map((deployment) => [deployment, undefined])), ...newSnapshots })
}

/** Deletes the API that a call names, with its snapshots. @throws NotFoundException */
export async function removeApi(call: Call): Promise<void> {
  await lockGateway(call, async () => store.remove(call.sandbox, await requireApi(call)))
}
