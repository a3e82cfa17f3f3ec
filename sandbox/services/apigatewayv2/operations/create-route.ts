import { CreateRoute$, type CreateRouteRequest, type CreateRouteResult } from '@aws-sdk/client-apigatewayv2'
import { gatewayOperation } from '../../apigateway/gateway-operation'
import { newId } from '../../apigateway/ids'
import { changeApi } from '../apis'
import { checkedRoute } from '../routes'

/** Adds a route: `GET /pets/{id}`, `ANY /{proxy+}` or `$default`. */
export const createRoute = gatewayOperation<CreateRouteRequest, CreateRouteResult>(CreateRoute$, (call) =>
  changeApi(call, (api) => {
    const { ApiId: _, ...given } = call.input
    const route = checkedRoute(api, { ...given, RouteId: newId(7) })
    api.definition.routes[route.RouteId!] = route
    return route
  }),
)
