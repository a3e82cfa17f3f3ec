import { DeleteIntegrationResponse$, type DeleteIntegrationResponseRequest } from '@aws-sdk/client-api-gateway'
import { changeApi } from '../apis'
import { required, without } from '../errors'
import { gatewayOperation } from '../gateway-operation'
import { requireIntegration } from '../methods'

/** Deletes an integration's response. */
export const deleteIntegrationResponse = gatewayOperation<DeleteIntegrationResponseRequest, object>(DeleteIntegrationResponse$, (call) =>
  changeApi(call, ({ definition }) => {
    const integration = requireIntegration(definition, call.input)
    required(integration.integrationResponses ?? {}, call.input.statusCode, 'Invalid Response status code specified')
    integration.integrationResponses = without(integration.integrationResponses!, call.input.statusCode!)
    return {}
  }),
)
