import { UpdateRoute$, type UpdateRouteRequest, type UpdateRouteResult } from '@aws-sdk/client-apigatewayv2'
import { gatewayOperation } from '../../apigateway/gateway-operation'
import { changeApi } from '../apis'
import { updated } from '../merge'
import { checkedRoute, requireRoute } from '../routes'

/** Changes a route: its key, target or authorization. */
export const updateRoute = gatewayOperation<UpdateRouteRequest, UpdateRouteResult>(UpdateRoute$, (call) =>
  changeApi(call, (api) => {
    const { ApiId: _, ...given } = call.input
    const route = checkedRoute(api, updated(requireRoute(api, given.RouteId), given))
    api.definition.routes[route.RouteId!] = route
    return route
  }),
)
