import { GetIntegrationResponses$, type GetIntegrationResponsesRequest, type GetIntegrationResponsesResponse } from '@aws-sdk/client-apigatewayv2'
import { emptyForHttp } from '../websocket-only'

/** Lists the integration responses, of which HTTP APIs have none. */
export const getIntegrationResponses = emptyForHttp<GetIntegrationResponsesRequest, GetIntegrationResponsesResponse>(GetIntegrationResponses$)
