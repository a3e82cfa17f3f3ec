import { UpdateGatewayResponse$, type GatewayResponse, type UpdateGatewayResponseRequest } from '@aws-sdk/client-api-gateway'
import { changeApi } from '../apis'
import { gatewayOperation } from '../gateway-operation'
import { checkGatewayResponse, gatewayResponse } from '../gateway-responses'
import { applyPatch, map, optionalText, type PatchRules } from '../patch'

const rules: PatchRules<GatewayResponse> = {
  '/statusCode': optionalText('statusCode'),
  '/responseParameters/{name}': map(['responseParameters']),
  '/responseTemplates/{type}': map(['responseTemplates']),
}

/** Changes a response that API Gateway itself gives; customises it where it was not yet. */
export const updateGatewayResponse = gatewayOperation<UpdateGatewayResponseRequest, GatewayResponse>(UpdateGatewayResponse$, (call) =>
  changeApi(call, ({ definition }) => {
    const response = { ...gatewayResponse(definition, call.input.responseType!), defaultResponse: false }
    applyPatch(response, call.input.patchOperations, rules)
    checkGatewayResponse(response)
    definition.gatewayResponses[call.input.responseType!] = response
    return response
  }),
)
