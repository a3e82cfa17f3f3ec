import { PutGatewayResponse$, type GatewayResponse, type PutGatewayResponseRequest } from '@aws-sdk/client-api-gateway'
import { changeApi } from '../apis'
import { gatewayOperation } from '../gateway-operation'
import { GATEWAY_RESPONSES, checkGatewayResponse } from '../gateway-responses'

/** Customises a response that API Gateway itself gives. */
export const putGatewayResponse = gatewayOperation<PutGatewayResponseRequest, GatewayResponse>(PutGatewayResponse$, (call) =>
  changeApi(call, ({ definition }) => {
    const { responseType, statusCode = GATEWAY_RESPONSES[responseType!], responseParameters = {}, responseTemplates = {} } = call.input
    const response: GatewayResponse = { responseType, ...(statusCode === undefined ? {} : { statusCode }), responseParameters, responseTemplates, defaultResponse: false }
    checkGatewayResponse(response)
    definition.gatewayResponses[responseType!] = response
    return response
  }),
)
