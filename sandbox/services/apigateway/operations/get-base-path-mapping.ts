import { GetBasePathMapping$, type BasePathMapping, type GetBasePathMappingRequest } from '@aws-sdk/client-api-gateway'
import { describeBasePath, requireBasePath } from '../base-path-mappings'
import { requireCustomDomain } from '../custom-domains'
import { gatewayOperation } from '../gateway-operation'

/** Shows which API answers at a path of a custom domain name; `(none)` is its root. */
export const getBasePathMapping = gatewayOperation<GetBasePathMappingRequest, BasePathMapping>(GetBasePathMapping$, async (call) => describeBasePath(requireBasePath(await requireCustomDomain(call), call.input.basePath!)))
