import { DeleteRoute$, type DeleteRouteRequest } from '@aws-sdk/client-apigatewayv2'
import { gatewayOperation } from '../../apigateway/gateway-operation'
import { badRequest } from '../../apigateway/errors'
import { changeApi } from '../apis'
import { requireRoute } from '../routes'

/** Deletes a route, and the settings that stages have for it. */
export const deleteRoute = gatewayOperation<DeleteRouteRequest, object>(DeleteRoute$, (call) =>
  changeApi(call, (api) => {
    const route = requireRoute(api, call.input.RouteId)
    if (route.ApiGatewayManaged) throw badRequest('Cannot delete a Route that is managed by API Gateway')
    delete api.definition.routes[route.RouteId!]
    for (const { RouteSettings } of Object.values(api.stages)) delete RouteSettings?.[route.RouteKey!]
    return {}
  }),
)
