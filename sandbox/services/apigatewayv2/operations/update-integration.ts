import { UpdateIntegration$, type UpdateIntegrationRequest, type UpdateIntegrationResult } from '@aws-sdk/client-apigatewayv2'
import { gatewayOperation } from '../../apigateway/gateway-operation'
import { changeApi } from '../apis'
import { checkedIntegration, requireIntegration } from '../integrations'
import { mergedMap, updated } from '../merge'

/** Changes an integration; a request parameter set to the empty text is taken away. */
export const updateIntegration = gatewayOperation<UpdateIntegrationRequest, UpdateIntegrationResult>(UpdateIntegration$, (call) =>
  changeApi(call, async (api) => {
    const { ApiId: _, ...given } = call.input
    const before = requireIntegration(api, given.IntegrationId)
    const maps = given.RequestParameters ? { RequestParameters: mergedMap(before.RequestParameters, given.RequestParameters) } : {}
    const integration = await checkedIntegration(call, updated(before, { ...given, ...maps }))
    api.definition.integrations[integration.IntegrationId!] = integration
    return integration
  }),
)
