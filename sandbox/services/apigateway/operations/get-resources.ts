import { GetResources$, type GetResourcesRequest, type Resources } from '@aws-sdk/client-api-gateway'
import { requireApi } from '../apis'
import { describeResource } from '../describe'
import { gatewayOperation } from '../gateway-operation'
import { page } from '../paging'

/** Lists the resources of an API; `embed=methods` shows their methods whole. */
export const getResources = gatewayOperation<GetResourcesRequest, Resources>(GetResources$, async (call) => {
  const { definition } = await requireApi(call)
  const { items, position } = page(Object.values(definition.resources), ({ id }) => id, call.input)
  return { items: items.map((resource) => describeResource(resource, call.input.embed?.includes('methods'))), position }
})
