import { GetIntegrationResponse$, type GetIntegrationResponseRequest, type IntegrationResponse } from '@aws-sdk/client-api-gateway'
import { requireApi } from '../apis'
import { required } from '../errors'
import { gatewayOperation } from '../gateway-operation'
import { requireIntegration } from '../methods'

/** Shows how an answer of what is called becomes a response. */
export const getIntegrationResponse = gatewayOperation<GetIntegrationResponseRequest, IntegrationResponse>(GetIntegrationResponse$, async (call) =>
  required(requireIntegration((await requireApi(call)).definition, call.input).integrationResponses ?? {}, call.input.statusCode, 'Invalid Response status code specified'),
)
