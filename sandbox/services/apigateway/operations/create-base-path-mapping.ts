import { CreateBasePathMapping$, type BasePathMapping, type CreateBasePathMappingRequest } from '@aws-sdk/client-api-gateway'
import { putBasePath } from '../base-path-mappings'
import { changeCustomDomain } from '../custom-domains'
import { gatewayOperation } from '../gateway-operation'

/** Lets a REST API answer under a custom domain name, at a path where one is given; without a stage the path names that next. */
export const createBasePathMapping = gatewayOperation<CreateBasePathMappingRequest, BasePathMapping>(CreateBasePathMapping$, (call) => changeCustomDomain(call, (domain) => putBasePath(call, domain, call.input)))
