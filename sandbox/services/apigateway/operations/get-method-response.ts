import { GetMethodResponse$, type GetMethodResponseRequest, type MethodResponse } from '@aws-sdk/client-api-gateway'
import { requireApi } from '../apis'
import { gatewayOperation } from '../gateway-operation'
import { requireMethod, requireMethodResponse } from '../methods'

/** Shows a status that a method may answer with. */
export const getMethodResponse = gatewayOperation<GetMethodResponseRequest, MethodResponse>(GetMethodResponse$, async (call) =>
  requireMethodResponse(requireMethod((await requireApi(call)).definition, call.input), call.input.statusCode),
)
