import { DeleteResource$, type DeleteResourceRequest } from '@aws-sdk/client-api-gateway'
import { changeApi } from '../apis'
import { gatewayOperation } from '../gateway-operation'
import { removeResource, requireResource } from '../resource-tree'

/** Deletes a resource with all that is below it. */
export const deleteResource = gatewayOperation<DeleteResourceRequest, object>(DeleteResource$, (call) =>
  changeApi(call, ({ definition }) => {
    removeResource(definition, requireResource(definition, call.input.resourceId))
    return {}
  }),
)
