import { TooManyRequestsException, type ApiMapping } from '@aws-sdk/client-apigatewayv2'
import type { Call } from '../../operation'
import { findApi as findRestApi } from '../apigateway/apis'
import { badRequest, conflict, notFound, own, required } from '../apigateway/errors'
import { findApi } from './apis'
import type { DomainRecord } from './domain-names'

const MOST_MAPPINGS = 200

/** @throws NotFoundException */
export function requireMapping(domain: DomainRecord, id: string | undefined): ApiMapping {
  return required(domain.mappings, id, 'Invalid API mapping identifier specified')
}

/**
 * Puts a mapping into a domain, in place of the one with its id.
 * @throws BadRequestException, ConflictException for a key that another mapping has, NotFoundException for its API or stage, TooManyRequestsException
 */
export async function putMapping(call: Call, domain: DomainRecord, mapping: ApiMapping & { ApiMappingId: string }): Promise<ApiMapping> {
  const key = mapping.ApiMappingKey ?? ''
  if (key !== '' && !/^[A-Za-z0-9$\-_.+!*'()]+(\/[A-Za-z0-9$\-_.+!*'()]+)*$/.test(key)) throw badRequest(`API mapping key ${key} should not start or end with a slash, and can contain letters, numbers and the characters $-_.+!*'()/`)
  if (key.length > 300) throw badRequest('An API mapping key can have at most 300 characters.')
  await requireStageOf(call, mapping)
  const others = Object.values(domain.mappings).filter(({ ApiMappingId }) => ApiMappingId !== mapping.ApiMappingId)
  if (others.some(({ ApiMappingKey = '' }) => ApiMappingKey === key)) throw conflict('ApiMapping key already exists for this domain name')
  if (others.length >= MOST_MAPPINGS) throw new TooManyRequestsException({ LimitType: 'apimappings', message: `Maximum number of API mappings for this domain name has been reached: ${MOST_MAPPINGS}.`, $metadata: {} })
  const { ApiId, ApiMappingId, Stage } = mapping
  return (domain.mappings[ApiMappingId] = { ApiId, ApiMappingId, ...(key === '' ? {} : { ApiMappingKey: key }), Stage })
}

/** HTTP APIs and REST APIs can be mapped alike. */
async function requireStageOf(call: Call, { ApiId, Stage }: ApiMapping): Promise<void> {
  const api = (await findApi(call.sandbox, call, ApiId!)) ?? (await findRestApi(call.sandbox, call, ApiId!))
  if (!api) throw notFound(`Invalid API identifier specified ${call.account}:${ApiId}`)
  if (!own<object>(api.stages, Stage)) throw notFound('Invalid stage identifier specified')
}

/** The mapping whose key the path begins with, the longest before others, and the path behind it. */
export function mappingOf({ mappings }: DomainRecord, path: string): { mapping: ApiMapping; rest: string } | undefined {
  const fits = Object.values(mappings).filter(({ ApiMappingKey: key }) => key === undefined || path === `/${key}` || path.startsWith(`/${key}/`))
  const [mapping] = fits.sort((a, b) => (b.ApiMappingKey ?? '').length - (a.ApiMappingKey ?? '').length)
  if (!mapping) return undefined
  const rest = mapping.ApiMappingKey === undefined ? path : path.slice(mapping.ApiMappingKey.length + 1)
  return { mapping, rest: rest === '' ? '/' : rest }
}
