import { GetIntegrations$, type GetIntegrationsRequest, type GetIntegrationsResponse } from '@aws-sdk/client-apigatewayv2'
import { gatewayOperation } from '../../apigateway/gateway-operation'
import { requireApi } from '../apis'
import { pageOf } from '../paging'

/** Lists the integrations of an HTTP API. */
export const getIntegrations = gatewayOperation<GetIntegrationsRequest, GetIntegrationsResponse>(GetIntegrations$, async (call) => {
  const { definition } = await requireApi(call)
  return pageOf(Object.values(definition.integrations), ({ IntegrationId }) => IntegrationId!, call.input)
})
