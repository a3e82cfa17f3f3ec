import { CreateIntegrationResponse$, type CreateIntegrationResponseRequest, type CreateIntegrationResponseResponse } from '@aws-sdk/client-apigatewayv2'
import { refusedForHttp } from '../websocket-only'

/** Makes an integration response: of WebSocket APIs only. */
export const createIntegrationResponse = refusedForHttp<CreateIntegrationResponseRequest, CreateIntegrationResponseResponse>(CreateIntegrationResponse$, 'IntegrationResponse')
