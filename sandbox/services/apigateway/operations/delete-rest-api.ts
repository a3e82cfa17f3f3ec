import { DeleteRestApi$, type DeleteRestApiRequest } from '@aws-sdk/client-api-gateway'
import { lockGateway, removeApi, requireApi } from '../apis'
import { gatewayOperation } from '../gateway-operation'
import { scopeOf, usagePlans } from '../records'

/** Deletes a REST API with its stages and deployments, and takes it out of usage plans. */
export const deleteRestApi = gatewayOperation<DeleteRestApiRequest, object>(DeleteRestApi$, async (call) => {
  const { sandbox } = call
  await lockGateway(call, async () => {
    const api = await requireApi(call)
    await removeApi(sandbox, api)
    for (const { key, value } of await sandbox.store.list(usagePlans, scopeOf(call))) {
      const apiStages = value.apiStages.filter(({ apiId }) => apiId !== api.id)
      if (apiStages.length < value.apiStages.length) await sandbox.store.put(usagePlans, scopeOf(call), key, { ...value, apiStages })
    }
  })
  return {}
})
