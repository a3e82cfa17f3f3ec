import { DeleteRouteResponse$, type DeleteRouteResponseRequest } from '@aws-sdk/client-apigatewayv2'
import { notFoundForHttp } from '../websocket-only'

/** Deletes a route response; HTTP APIs have none. */
export const deleteRouteResponse = notFoundForHttp<DeleteRouteResponseRequest, object>(DeleteRouteResponse$, 'RouteResponse')
