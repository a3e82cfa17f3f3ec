import { GetRoute$, type GetRouteRequest, type GetRouteResult } from '@aws-sdk/client-apigatewayv2'
import { gatewayOperation } from '../../apigateway/gateway-operation'
import { requireApi } from '../apis'
import { requireRoute } from '../routes'

/** Shows a route. */
export const getRoute = gatewayOperation<GetRouteRequest, GetRouteResult>(GetRoute$, async (call) => requireRoute(await requireApi(call), call.input.RouteId))
