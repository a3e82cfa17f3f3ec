import { GetIntegration$, type GetIntegrationRequest, type Integration } from '@aws-sdk/client-api-gateway'
import { requireApi } from '../apis'
import { gatewayOperation } from '../gateway-operation'
import { requireIntegration } from '../methods'

/** Shows what a method calls. */
export const getIntegration = gatewayOperation<GetIntegrationRequest, Integration>(GetIntegration$, async (call) => requireIntegration((await requireApi(call)).definition, call.input))
