import { DeleteMethodResponse$, type DeleteMethodResponseRequest } from '@aws-sdk/client-api-gateway'
import { changeApi } from '../apis'
import { without } from '../errors'
import { gatewayOperation } from '../gateway-operation'
import { requireMethod, requireMethodResponse } from '../methods'

/** Deletes a method's response. */
export const deleteMethodResponse = gatewayOperation<DeleteMethodResponseRequest, object>(DeleteMethodResponse$, (call) =>
  changeApi(call, ({ definition }) => {
    const method = requireMethod(definition, call.input)
    requireMethodResponse(method, call.input.statusCode)
    method.methodResponses = without(method.methodResponses!, call.input.statusCode!)
    return {}
  }),
)
