import { DeleteRestApi$, type DeleteRestApiRequest } from '@aws-sdk/client-api-gateway'
import { scopeOf } from '../../../store'
import { lockGateway, removeApi, requireApi } from '../apis'
import { documentationDeletes } from '../documentation'
import { gatewayOperation } from '../gateway-operation'
import { usagePlans } from '../records'

/** Deletes a REST API with its stages and deployments, and takes it out of usage plans. */
export const deleteRestApi = gatewayOperation<DeleteRestApiRequest, object>(DeleteRestApi$, async (call) => {
  const { sandbox } = call
  await lockGateway(call, async () => {
    const api = await requireApi(call)
    const scope = scopeOf(call)
    const plans = (await sandbox.store.list(usagePlans, scope)).filter(({ value }) => value.apiStages.some(({ apiId }) => apiId === api.id))
    await removeApi(sandbox, api, [
      ...plans.map(({ key, value }) => ({ collection: usagePlans, scope, key, value: { ...value, apiStages: value.apiStages.filter(({ apiId }) => apiId !== api.id) } })),
      ...(await documentationDeletes(call, api)),
    ])
  })
  return {}
})
