import { GetRouteResponse$, type GetRouteResponseRequest, type GetRouteResponseResponse } from '@aws-sdk/client-apigatewayv2'
import { notFoundForHttp } from '../websocket-only'

/** Shows a route response; HTTP APIs have none. */
export const getRouteResponse = notFoundForHttp<GetRouteResponseRequest, GetRouteResponseResponse>(GetRouteResponse$, 'RouteResponse')
