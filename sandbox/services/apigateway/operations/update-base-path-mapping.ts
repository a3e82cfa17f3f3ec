import { UpdateBasePathMapping$, type BasePathMapping, type UpdateBasePathMappingRequest } from '@aws-sdk/client-api-gateway'
import { describeBasePath, putBasePath, requireBasePath } from '../base-path-mappings'
import { changeCustomDomain } from '../custom-domains'
import { gatewayOperation } from '../gateway-operation'
import { applyPatch, optionalText, text } from '../patch'

/** Changes which API or stage answers at a path of a custom domain name, or the path. */
export const updateBasePathMapping = gatewayOperation<UpdateBasePathMappingRequest, BasePathMapping>(UpdateBasePathMapping$, (call) =>
  changeCustomDomain(call, (domain) => {
    const before = requireBasePath(domain, call.input.basePath!)
    const mapping = describeBasePath(before)
    applyPatch(mapping, call.input.patchOperations, { '/basePath': text('basePath'), '/restapiId': text('restApiId'), '/restApiId': text('restApiId'), '/stage': optionalText('stage') })
    return putBasePath(call, domain, mapping, before)
  }),
)
