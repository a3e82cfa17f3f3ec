import { DeleteIntegration$, type DeleteIntegrationRequest } from '@aws-sdk/client-apigatewayv2'
import { gatewayOperation } from '../../apigateway/gateway-operation'
import { badRequest, conflict } from '../../apigateway/errors'
import { changeApi } from '../apis'
import { requireIntegration } from '../integrations'

/** Deletes an integration that no route has for its target. */
export const deleteIntegration = gatewayOperation<DeleteIntegrationRequest, object>(DeleteIntegration$, (call) =>
  changeApi(call, (api) => {
    const { IntegrationId: id, ApiGatewayManaged } = requireIntegration(api, call.input.IntegrationId)
    if (ApiGatewayManaged) throw badRequest('Cannot delete an Integration that is managed by API Gateway')
    const users = Object.values(api.definition.routes).filter(({ Target }) => Target === `integrations/${id}`)
    if (users.length > 0) throw conflict(`Cannot delete Integration '${id}' referenced by Routes: [${users.map(({ RouteId }) => RouteId).join(', ')}]`)
    delete api.definition.integrations[id!]
    return {}
  }),
)
