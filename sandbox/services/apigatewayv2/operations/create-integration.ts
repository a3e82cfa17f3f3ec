import { CreateIntegration$, type CreateIntegrationRequest, type CreateIntegrationResult } from '@aws-sdk/client-apigatewayv2'
import { gatewayOperation } from '../../apigateway/gateway-operation'
import { newId } from '../../apigateway/ids'
import { changeApi } from '../apis'
import { checkedIntegration } from '../integrations'

/** Adds an integration: a Lambda function or an HTTP endpoint. */
export const createIntegration = gatewayOperation<CreateIntegrationRequest, CreateIntegrationResult>(CreateIntegration$, (call) =>
  changeApi(call, async (api) => {
    const { ApiId: _, ...given } = call.input
    const integration = await checkedIntegration(call, { ...given, IntegrationId: newId(7) })
    api.definition.integrations[integration.IntegrationId!] = integration
    return integration
  }),
)
