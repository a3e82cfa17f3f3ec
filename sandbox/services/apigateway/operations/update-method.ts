import { UpdateMethod$, type Method, type UpdateMethodRequest } from '@aws-sdk/client-api-gateway'
import { changeApi } from '../apis'
import { gatewayOperation } from '../gateway-operation'
import { checkMethod, requireMethod } from '../methods'
import { applyPatch, flag, isTrue, listByValue, map, optionalText, text, type PatchRules } from '../patch'

const rules: PatchRules<Method> = {
  '/authorizationType': text('authorizationType'),
  '/authorizerId': optionalText('authorizerId'),
  '/authorizationScopes': listByValue('authorizationScopes'),
  '/apiKeyRequired': flag('apiKeyRequired'),
  '/operationName': optionalText('operationName'),
  '/requestValidatorId': optionalText('requestValidatorId'),
  '/requestParameters/{name}': map(['requestParameters'], isTrue),
  '/requestModels/{type}': map(['requestModels']),
}

/** Changes a method. */
export const updateMethod = gatewayOperation<UpdateMethodRequest, Method>(UpdateMethod$, (call) =>
  changeApi(call, ({ definition }) => {
    const method = requireMethod(definition, call.input)
    applyPatch(method, call.input.patchOperations, rules)
    checkMethod(definition, method)
    return method
  }),
)
