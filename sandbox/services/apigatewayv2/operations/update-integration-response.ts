import { UpdateIntegrationResponse$, type UpdateIntegrationResponseRequest, type UpdateIntegrationResponseResponse } from '@aws-sdk/client-apigatewayv2'
import { notFoundForHttp } from '../websocket-only'

/** Changes an integration response; HTTP APIs have none. */
export const updateIntegrationResponse = notFoundForHttp<UpdateIntegrationResponseRequest, UpdateIntegrationResponseResponse>(UpdateIntegrationResponse$, 'IntegrationResponse')
