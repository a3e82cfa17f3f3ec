import { DeleteIntegrationResponse$, type DeleteIntegrationResponseRequest } from '@aws-sdk/client-apigatewayv2'
import { notFoundForHttp } from '../websocket-only'

/** Deletes an integration response; HTTP APIs have none. */
export const deleteIntegrationResponse = notFoundForHttp<DeleteIntegrationResponseRequest, object>(DeleteIntegrationResponse$, 'IntegrationResponse')
