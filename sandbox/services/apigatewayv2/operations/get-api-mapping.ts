import { GetApiMapping$, type GetApiMappingRequest, type GetApiMappingResponse } from '@aws-sdk/client-apigatewayv2'
import { gatewayOperation } from '../../apigateway/gateway-operation'
import { requireMapping } from '../api-mappings'
import { requireDomain } from '../domain-names'

/** Shows an API mapping. */
export const getApiMapping = gatewayOperation<GetApiMappingRequest, GetApiMappingResponse>(GetApiMapping$, async (call) => requireMapping(await requireDomain(call), call.input.ApiMappingId))
