import { UpdateRouteResponse$, type UpdateRouteResponseRequest, type UpdateRouteResponseResponse } from '@aws-sdk/client-apigatewayv2'
import { notFoundForHttp } from '../websocket-only'

/** Changes a route response; HTTP APIs have none. */
export const updateRouteResponse = notFoundForHttp<UpdateRouteResponseRequest, UpdateRouteResponseResponse>(UpdateRouteResponse$, 'RouteResponse')
