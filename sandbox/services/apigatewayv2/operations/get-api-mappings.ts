import { GetApiMappings$, type GetApiMappingsRequest, type GetApiMappingsResponse } from '@aws-sdk/client-apigatewayv2'
import { gatewayOperation } from '../../apigateway/gateway-operation'
import { requireDomain } from '../domain-names'
import { pageOf } from '../paging'

/** Lists the API mappings of a custom domain name. */
export const getApiMappings = gatewayOperation<GetApiMappingsRequest, GetApiMappingsResponse>(GetApiMappings$, async (call) => {
  const { mappings } = await requireDomain(call)
  return pageOf(Object.values(mappings), ({ ApiMappingId }) => ApiMappingId!, call.input)
})
