import { DeleteAuthorizer$, type DeleteAuthorizerRequest } from '@aws-sdk/client-api-gateway'
import { changeApi } from '../apis'
import { requireAuthorizer } from '../authorizers'
import { conflict, without } from '../errors'
import { gatewayOperation } from '../gateway-operation'
import { methodsOf } from '../methods'

/** Deletes an authorizer that no method uses. */
export const deleteAuthorizer = gatewayOperation<DeleteAuthorizerRequest, object>(DeleteAuthorizer$, (call) =>
  changeApi(call, ({ definition }) => {
    const { id, name } = requireAuthorizer(definition, call.input.authorizerId)
    if (methodsOf(definition).some(({ authorizerId }) => authorizerId === id)) throw conflict(`Cannot delete authorizer '${name}', is referenced in method`)
    definition.authorizers = without(definition.authorizers, id!)
    return {}
  }),
)
