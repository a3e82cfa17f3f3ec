import { GetBasePathMappings$, type BasePathMappings, type GetBasePathMappingsRequest } from '@aws-sdk/client-api-gateway'
import { describeBasePath } from '../base-path-mappings'
import { requireCustomDomain } from '../custom-domains'
import { gatewayOperation } from '../gateway-operation'
import { page } from '../paging'

/** Lists which APIs answer at which paths of a custom domain name. */
export const getBasePathMappings = gatewayOperation<GetBasePathMappingsRequest, BasePathMappings>(GetBasePathMappings$, async (call) => {
  const { items, position } = page(Object.values((await requireCustomDomain(call)).mappings).map(describeBasePath), ({ basePath }) => basePath!, call.input)
  return { items, position }
})
