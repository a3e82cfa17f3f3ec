import type { Call } from '../../operation'
import { apiStore } from './api-store'
import { notFound } from './errors'
import { apiPlaces, restApis, snapshots, type RestApiRecord } from './records'

const store = apiStore({ apis: restApis, places: apiPlaces, snapshots })

/** REST APIs and what their deployments froze; see api-store.ts. `saveApi` and `removeApi` are to be called within {@link lockGateway}. */
export const { find: findApi, findAnywhere: findApiAnywhere, list: listApis, save: saveApi, remove: removeApi, snapshotOf } = store

/** The API that a call names. @throws NotFoundException in AWS's words */
export async function requireApi(call: Call): Promise<RestApiRecord> {
  const id = call.input.restApiId as string
  const found = await findApi(call.sandbox, call, id)
  if (!found) throw notFound(`Invalid API identifier specified ${call.account}:${id}`)
  return found
}

/** Runs `work` alone on what the account has in API Gateway. */
export function lockGateway<T>({ sandbox, account }: Pick<Call, 'sandbox' | 'account'>, work: () => Promise<T>): Promise<T> {
  return sandbox.store.lock(`apigateway ${account}`, work)
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
