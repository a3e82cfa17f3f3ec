import { PutIntegration$, type Integration, type PutIntegrationRequest } from '@aws-sdk/client-api-gateway'
import { changeApi } from '../apis'
import { gatewayOperation } from '../gateway-operation'
import { newIntegration, requireMethod } from '../methods'
import { checkConnection } from '../vpc-links'

/** Sets what a method calls. Responses of an integration that was there before are kept, as on AWS. */
export const putIntegration = gatewayOperation<PutIntegrationRequest, Integration>(PutIntegration$, (call) =>
  changeApi(call, async ({ definition }) => {
    const { input } = call
    const method = requireMethod(definition, input)
    const integration = newIntegration(method, input.resourceId!, call.account, input)
    await checkConnection(call, integration)
    if (input.credentials?.includes(':role/')) await call.authorize('iam:PassRole', input.credentials, { 'iam:PassedToService': 'apigateway.amazonaws.com' })
    const { integrationResponses } = method.methodIntegration ?? {}
    method.methodIntegration = { ...integration, ...(integrationResponses ? { integrationResponses } : {}) }
    return method.methodIntegration
  }),
)
