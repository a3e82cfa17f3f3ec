import type { BasePathMapping } from '@aws-sdk/client-api-gateway'
import type { ApiMapping } from '@aws-sdk/client-apigatewayv2'
import type { Call } from '../../operation'
import type { DomainRecord } from '../apigatewayv2/domain-names'
import { findApi } from './apis'
import { badRequest, conflict, notFound, own } from './errors'
import { newId } from './ids'
import { holdQuota, QUOTAS } from './quotas'

/** How AWS names the mapping of a domain's root. */
const ROOT = '(none)'

/** The mapping of a base path; HTTP APIs call it an API mapping. @throws NotFoundException */
export function requireBasePath(domain: DomainRecord, basePath: string): ApiMapping {
  const found = Object.values(domain.mappings).find(({ ApiMappingKey }) => (ApiMappingKey ?? ROOT) === basePath)
  if (!found) throw notFound('Invalid base path mapping identifier specified')
  return found
}

/**
 * Puts a mapping into a domain, in place of `before` where one is given; alters the domain.
 * @throws BadRequestException for a path, API or stage that is none, ConflictException where the path is taken, LimitExceededException
 */
export async function putBasePath(call: Call, domain: DomainRecord, { basePath, restApiId, stage }: BasePathMapping, before?: ApiMapping): Promise<BasePathMapping> {
  const key = basePath === undefined || basePath === '' || basePath === ROOT ? undefined : basePath
  if (key !== undefined && !/^[A-Za-z0-9$\-_.+!*'()]{1,300}$/.test(key)) throw badRequest("API mapping key/base path is not valid: it may contain only letters, numbers and one of $-_.+!*'()")
  const api = await findApi(call.sandbox, call, restApiId!)
  if (!api) throw badRequest('Invalid REST API identifier specified')
  if (stage !== undefined && !own(api.stages, stage)) throw badRequest('Invalid stage identifier specified')
  const others = Object.values(domain.mappings).filter(({ ApiMappingId }) => ApiMappingId !== before?.ApiMappingId)
  if (others.some(({ ApiMappingKey }) => ApiMappingKey === key)) throw conflict('Base path already exists for this domain name')
  holdQuota(others.length + 1, QUOTAS.basePathMappings, 'base path mappings for this domain name')
  const mapping: ApiMapping = { ApiId: restApiId, ApiMappingId: before?.ApiMappingId ?? newId(6), ...(key === undefined ? {} : { ApiMappingKey: key }), Stage: stage }
  domain.mappings[mapping.ApiMappingId!] = mapping
  return describeBasePath(mapping)
}

/** A mapping as REST APIs show it. */
export function describeBasePath({ ApiId, ApiMappingKey, Stage }: ApiMapping): BasePathMapping {
  return { basePath: ApiMappingKey ?? ROOT, restApiId: ApiId, ...(Stage === undefined ? {} : { stage: Stage }) }
}
