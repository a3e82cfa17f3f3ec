import { DeleteRequestValidator$, type DeleteRequestValidatorRequest } from '@aws-sdk/client-api-gateway'
import { changeApi } from '../apis'
import { conflict, required, without } from '../errors'
import { gatewayOperation } from '../gateway-operation'
import { methodsOf } from '../methods'

/** Deletes a request validator that no method uses. */
export const deleteRequestValidator = gatewayOperation<DeleteRequestValidatorRequest, object>(DeleteRequestValidator$, (call) =>
  changeApi(call, ({ definition }) => {
    const id = call.input.requestValidatorId!
    required(definition.requestValidators, id, 'Invalid Request Validator identifier specified')
    const user = methodsOf(definition).find(({ requestValidatorId }) => requestValidatorId === id)
    if (user) throw conflict(`Cannot delete request validator '${id}', it is in use by a method`)
    definition.requestValidators = without(definition.requestValidators, id)
    return {}
  }),
)
