import type { Authorizer } from '@aws-sdk/client-api-gateway'
import { AwsError } from '../../errors'
import type { Call } from '../../operation'
import { badRequest, conflict, required } from './errors'
import type { Definition } from './records'

const DEFAULT_TTL = 300
const LONGEST_TTL = 3600

/** @throws NotFoundException */
export function requireAuthorizer(definition: Definition, id: string | undefined): Authorizer {
  return required(definition.authorizers, id, 'Invalid Authorizer identifier specified')
}

/** @throws ConflictException where another authorizer of the API has that name */
export function requireFreeName(definition: Definition, { id, name }: Authorizer): void {
  if (!Object.values(definition.authorizers).some((other) => other.name === name && other.id !== id)) return
  throw conflict(`Authorizer name must be unique. Authorizer ${name} already exists in this RestApi.`)
}

/** An authorizer with AWS's defaults. @throws BadRequestException in AWS's words */
export function checkedAuthorizer(given: Authorizer): Authorizer {
  const ttl = given.authorizerResultTtlInSeconds ?? DEFAULT_TTL
  if (ttl < 0 || ttl > LONGEST_TTL) throw badRequest(`Authorizer result TTL must be between 0 and ${LONGEST_TTL} seconds`)
  const authType = given.authType ?? (given.type === 'COGNITO_USER_POOLS' ? 'cognito_user_pools' : 'custom')
  const authorizer: Authorizer = { ...given, authType, authorizerResultTtlInSeconds: ttl }
  if (given.type === 'COGNITO_USER_POOLS') {
    if (!given.providerARNs?.length) throw badRequest('Invalid provider ARN specified')
    return { ...authorizer, identitySource: given.identitySource ?? 'method.request.header.Authorization' }
  }
  if (!/^arn:aws[\w-]*:apigateway:[\w-]+:lambda:path\/2015-03-31\/functions\/.+\/invocations$/.test(given.authorizerUri ?? '')) throw badRequest('Invalid Authorizer URI: ' + (given.authorizerUri ?? ''))
  if (given.type === 'TOKEN') {
    const source = given.identitySource ?? 'method.request.header.Authorization'
    if (!/^method\.request\.header\.[^\s,]+$/.test(source)) throw badRequest('Identity source must be a single header for a TOKEN authorizer: method.request.header.NAME')
    if (given.identityValidationExpression !== undefined) checkExpression(given.identityValidationExpression)
    return { ...authorizer, identitySource: source }
  }
  if (ttl > 0 && !given.identitySource) throw badRequest('Identity source is required for a REQUEST authorizer when caching is enabled')
  for (const source of identitySources(authorizer)) {
    if (!/^(method\.request\.(header|querystring|multivaluequerystring|multivalueheader)\.[^\s]+|stageVariables\.\w+|context\.[\w.]+)$/.test(source)) {
      throw badRequest(`Invalid identity source specified: ${source}`)
    }
  }
  return authorizer
}

/** Where an authorizer reads who calls. */
export function identitySources({ identitySource }: Authorizer): string[] {
  return (identitySource ?? '').split(',').map((source) => source.trim()).filter((source) => source !== '')
}

function checkExpression(expression: string): void {
  try {
    new RegExp(expression)
  } catch {
    throw badRequest('Invalid identity validation expression specified')
  }
}

/** Sees to it that the caller may hand the authorizer's role to API Gateway. @throws AccessDeniedException */
export async function passAuthorizerRole(call: Call, { authorizerCredentials: role }: Authorizer): Promise<void> {
  if (role === undefined) return
  if (role.split(':')[4] !== call.account) throw new AwsError('AccessDeniedException', 'Cross-account pass role is not allowed.', 403)
  await call.authorize('iam:PassRole', role, { 'iam:PassedToService': 'apigateway.amazonaws.com' })
}

/** Sees to it that the caller may hand all roles of an imported API to API Gateway. @throws AccessDeniedException */
export async function passRoles(call: Call, { resources, authorizers }: Definition): Promise<void> {
  const integrations = Object.values(resources).flatMap(({ methods }) => Object.values(methods).map(({ methodIntegration }) => methodIntegration?.credentials))
  const roles = new Set([...integrations, ...Object.values(authorizers).map(({ authorizerCredentials }) => authorizerCredentials)].filter((role) => role?.includes(':role/')))
  for (const role of roles) await passAuthorizerRole(call, { authorizerCredentials: role })
}
