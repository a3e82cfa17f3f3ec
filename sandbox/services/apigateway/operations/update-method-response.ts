import { UpdateMethodResponse$, type MethodResponse, type UpdateMethodResponseRequest } from '@aws-sdk/client-api-gateway'
import { changeApi } from '../apis'
import { gatewayOperation } from '../gateway-operation'
import { checkModels, checkResponseParameters, requireMethod, requireMethodResponse } from '../methods'
import { applyPatch, isTrue, map, type PatchRules } from '../patch'

const rules: PatchRules<MethodResponse> = {
  '/responseParameters/{name}': map(['responseParameters'], isTrue),
  '/responseModels/{type}': map(['responseModels']),
}

/** Changes the headers and models of a method's response. */
export const updateMethodResponse = gatewayOperation<UpdateMethodResponseRequest, MethodResponse>(UpdateMethodResponse$, (call) =>
  changeApi(call, ({ definition }) => {
    const response = requireMethodResponse(requireMethod(definition, call.input), call.input.statusCode)
    applyPatch(response, call.input.patchOperations, rules)
    checkResponseParameters(response.responseParameters)
    checkModels(definition, response.responseModels)
    return response
  }),
)
