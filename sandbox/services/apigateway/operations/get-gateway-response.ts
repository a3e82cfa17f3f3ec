import { GetGatewayResponse$, type GatewayResponse, type GetGatewayResponseRequest } from '@aws-sdk/client-api-gateway'
import { requireApi } from '../apis'
import { gatewayOperation } from '../gateway-operation'
import { gatewayResponse } from '../gateway-responses'

/** Shows a response that API Gateway itself gives, customised or not. */
export const getGatewayResponse = gatewayOperation<GetGatewayResponseRequest, GatewayResponse>(GetGatewayResponse$, async (call) =>
  gatewayResponse((await requireApi(call)).definition, call.input.responseType!),
)
