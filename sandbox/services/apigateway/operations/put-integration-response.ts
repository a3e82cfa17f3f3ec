import { PutIntegrationResponse$, type IntegrationResponse, type PutIntegrationResponseRequest } from '@aws-sdk/client-api-gateway'
import { changeApi } from '../apis'
import { gatewayOperation } from '../gateway-operation'
import { checkIntegrationResponse, requireIntegration, requireMethod } from '../methods'

/** Sets how an answer of what is called becomes a response. */
export const putIntegrationResponse = gatewayOperation<PutIntegrationResponseRequest, IntegrationResponse>(PutIntegrationResponse$, (call) =>
  changeApi(call, ({ definition }) => {
    const { statusCode, selectionPattern, responseParameters, responseTemplates, contentHandling } = call.input
    const integration = requireIntegration(definition, call.input)
    const response: IntegrationResponse = {
      statusCode,
      ...(selectionPattern === undefined ? {} : { selectionPattern }),
      ...(responseParameters ? { responseParameters } : {}),
      ...(responseTemplates ? { responseTemplates } : {}),
      ...(contentHandling ? { contentHandling } : {}),
    }
    checkIntegrationResponse(requireMethod(definition, call.input), response)
    integration.integrationResponses = { ...integration.integrationResponses, [statusCode!]: response }
    return response
  }),
)
