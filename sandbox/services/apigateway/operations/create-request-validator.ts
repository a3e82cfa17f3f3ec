import { CreateRequestValidator$, type CreateRequestValidatorRequest, type RequestValidator } from '@aws-sdk/client-api-gateway'
import { changeApi } from '../apis'
import { gatewayOperation } from '../gateway-operation'
import { newId } from '../ids'

/** Adds a request validator. */
export const createRequestValidator = gatewayOperation<CreateRequestValidatorRequest, RequestValidator>(CreateRequestValidator$, (call) =>
  changeApi(call, ({ definition }) => {
    const { name, validateRequestBody = false, validateRequestParameters = false } = call.input
    const validator: RequestValidator = { id: newId(6), ...(name === undefined ? {} : { name }), validateRequestBody, validateRequestParameters }
    definition.requestValidators[validator.id!] = validator
    return validator
  }),
)
