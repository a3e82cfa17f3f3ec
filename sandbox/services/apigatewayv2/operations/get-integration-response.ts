import { GetIntegrationResponse$, type GetIntegrationResponseRequest, type GetIntegrationResponseResponse } from '@aws-sdk/client-apigatewayv2'
import { notFoundForHttp } from '../websocket-only'

/** Shows an integration response; HTTP APIs have none. */
export const getIntegrationResponse = notFoundForHttp<GetIntegrationResponseRequest, GetIntegrationResponseResponse>(GetIntegrationResponse$, 'IntegrationResponse')
