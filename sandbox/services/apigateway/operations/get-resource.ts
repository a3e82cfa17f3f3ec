import { GetResource$, type GetResourceRequest, type Resource } from '@aws-sdk/client-api-gateway'
import { requireApi } from '../apis'
import { describeResource } from '../describe'
import { gatewayOperation } from '../gateway-operation'
import { requireResource } from '../resource-tree'

/** Shows a resource; `embed=methods` shows its methods whole. */
export const getResource = gatewayOperation<GetResourceRequest, Resource>(GetResource$, async (call) => {
  const { definition } = await requireApi(call)
  return describeResource(requireResource(definition, call.input.resourceId), call.input.embed?.includes('methods'))
})
