import { GetRequestValidator$, type GetRequestValidatorRequest, type RequestValidator } from '@aws-sdk/client-api-gateway'
import { requireApi } from '../apis'
import { required } from '../errors'
import { gatewayOperation } from '../gateway-operation'

/** Shows a request validator. */
export const getRequestValidator = gatewayOperation<GetRequestValidatorRequest, RequestValidator>(GetRequestValidator$, async (call) =>
  required((await requireApi(call)).definition.requestValidators, call.input.requestValidatorId, 'Invalid Request Validator identifier specified'),
)
