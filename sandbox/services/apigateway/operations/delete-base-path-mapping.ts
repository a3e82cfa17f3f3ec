import { DeleteBasePathMapping$, type DeleteBasePathMappingRequest } from '@aws-sdk/client-api-gateway'
import { requireBasePath } from '../base-path-mappings'
import { changeCustomDomain } from '../custom-domains'
import { without } from '../errors'
import { gatewayOperation } from '../gateway-operation'

/** Lets no API answer at a path of a custom domain name any longer. */
export const deleteBasePathMapping = gatewayOperation<DeleteBasePathMappingRequest, object>(DeleteBasePathMapping$, (call) =>
  changeCustomDomain(call, (domain) => {
    const { ApiMappingId } = requireBasePath(domain, call.input.basePath!)
    domain.mappings = without(domain.mappings, ApiMappingId!)
    return {}
  }),
)
