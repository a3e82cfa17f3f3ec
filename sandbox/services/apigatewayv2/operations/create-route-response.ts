import { CreateRouteResponse$, type CreateRouteResponseRequest, type CreateRouteResponseResponse } from '@aws-sdk/client-apigatewayv2'
import { refusedForHttp } from '../websocket-only'

/** Makes a route response: of WebSocket APIs only. */
export const createRouteResponse = refusedForHttp<CreateRouteResponseRequest, CreateRouteResponseResponse>(CreateRouteResponse$, 'RouteResponse')
