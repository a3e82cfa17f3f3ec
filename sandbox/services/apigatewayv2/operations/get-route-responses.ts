import { GetRouteResponses$, type GetRouteResponsesRequest, type GetRouteResponsesResponse } from '@aws-sdk/client-apigatewayv2'
import { emptyForHttp } from '../websocket-only'

/** Lists the route responses, of which HTTP APIs have none. */
export const getRouteResponses = emptyForHttp<GetRouteResponsesRequest, GetRouteResponsesResponse>(GetRouteResponses$)
