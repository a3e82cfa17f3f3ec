import { GetGatewayResponses$, type GatewayResponseType, type GatewayResponses, type GetGatewayResponsesRequest } from '@aws-sdk/client-api-gateway'
import { requireApi } from '../apis'
import { gatewayOperation } from '../gateway-operation'
import { GATEWAY_RESPONSES, gatewayResponse } from '../gateway-responses'
import { page } from '../paging'

/** Lists the responses that API Gateway itself gives, customised or not. */
export const getGatewayResponses = gatewayOperation<GetGatewayResponsesRequest, GatewayResponses>(GetGatewayResponses$, async (call) => {
  const { definition } = await requireApi(call)
  const all = (Object.keys(GATEWAY_RESPONSES) as GatewayResponseType[]).map((type) => gatewayResponse(definition, type))
  return page(all, ({ responseType }) => responseType!, call.input)
})
