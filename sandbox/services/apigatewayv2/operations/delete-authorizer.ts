import { DeleteAuthorizer$, type DeleteAuthorizerRequest } from '@aws-sdk/client-apigatewayv2'
import { gatewayOperation } from '../../apigateway/gateway-operation'
import { conflict } from '../../apigateway/errors'
import { changeApi } from '../apis'
import { requireAuthorizer } from '../authorizers'

/** Deletes an authorizer that no route uses. */
export const deleteAuthorizer = gatewayOperation<DeleteAuthorizerRequest, object>(DeleteAuthorizer$, (call) =>
  changeApi(call, (api) => {
    const { AuthorizerId: id } = requireAuthorizer(api, call.input.AuthorizerId)
    const users = Object.values(api.definition.routes).filter(({ AuthorizerId }) => AuthorizerId === id)
    if (users.length > 0) throw conflict(`Cannot delete Authorizer '${id}' referenced by Routes: [${users.map(({ RouteId }) => RouteId).join(', ')}]`)
    delete api.definition.authorizers[id!]
    return {}
  }),
)
