import { UpdateRequestValidator$, type RequestValidator, type UpdateRequestValidatorRequest } from '@aws-sdk/client-api-gateway'
import { changeApi } from '../apis'
import { required } from '../errors'
import { gatewayOperation } from '../gateway-operation'
import { applyPatch, flag, text, type PatchRules } from '../patch'

const rules: PatchRules<RequestValidator> = {
  '/name': text('name'),
  '/validateRequestBody': flag('validateRequestBody'),
  '/validateRequestParameters': flag('validateRequestParameters'),
}

/** Changes what a request validator looks at. */
export const updateRequestValidator = gatewayOperation<UpdateRequestValidatorRequest, RequestValidator>(UpdateRequestValidator$, (call) =>
  changeApi(call, ({ definition }) => {
    const validator = required(definition.requestValidators, call.input.requestValidatorId, 'Invalid Request Validator identifier specified')
    applyPatch(validator, call.input.patchOperations, rules)
    return validator
  }),
)
