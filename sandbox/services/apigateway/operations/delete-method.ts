import { DeleteMethod$, type DeleteMethodRequest } from '@aws-sdk/client-api-gateway'
import { changeApi } from '../apis'
import { gatewayOperation } from '../gateway-operation'
import { requireMethod } from '../methods'
import { requireResource } from '../resource-tree'

/** Deletes a method with its integration and responses. */
export const deleteMethod = gatewayOperation<DeleteMethodRequest, object>(DeleteMethod$, (call) =>
  changeApi(call, ({ definition }) => {
    requireMethod(definition, call.input)
    delete requireResource(definition, call.input.resourceId).methods[call.input.httpMethod!]
    return {}
  }),
)
