import { GetIntegration$, type GetIntegrationRequest, type GetIntegrationResult } from '@aws-sdk/client-apigatewayv2'
import { gatewayOperation } from '../../apigateway/gateway-operation'
import { requireApi } from '../apis'
import { requireIntegration } from '../integrations'

/** Shows an integration. */
export const getIntegration = gatewayOperation<GetIntegrationRequest, GetIntegrationResult>(GetIntegration$, async (call) => requireIntegration(await requireApi(call), call.input.IntegrationId))
