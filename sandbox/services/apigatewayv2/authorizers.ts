import type { Authorizer } from '@aws-sdk/client-apigatewayv2'
import type { Call } from '../../operation'
import { badRequest, conflict, required } from '../apigateway/errors'
import { functionOf } from './integrations'
import { passRole } from './pass-role'
import type { Definition, HttpApiRecord } from './records'

const SOURCE = /^\$(request\.(header|querystring)\.\S+|context\.[\w.]+|stageVariables\.\w+)$/

const MOST_AUDIENCES = 50

/** @throws NotFoundException */
export function requireAuthorizer(api: HttpApiRecord, id: string | undefined): Authorizer {
  return required(api.definition.authorizers, id, `Invalid Authorizer identifier specified ${id}`)
}

/** @throws ConflictException for a name that another authorizer of the API has */
export function requireFreeName({ authorizers }: Definition, { AuthorizerId, Name }: { AuthorizerId?: string | undefined; Name?: string | undefined }): void {
  if (Object.values(authorizers).some((other) => other.Name === Name && other.AuthorizerId !== AuthorizerId)) throw conflict(`Authorizer name must be unique. Authorizer ${Name} already exists in this API.`)
}

/** An authorizer with AWS's defaults, its role passed. @throws BadRequestException */
export async function checkedAuthorizer(call: Call, given: Authorizer): Promise<Authorizer> {
  const sources = given.IdentitySource ?? []
  const wrong = sources.find((source) => !SOURCE.test(source))
  if (wrong !== undefined) throw badRequest(`Invalid identity source specified: ${wrong}`)
  if (given.AuthorizerType === 'JWT') return checkedJwt(given, sources)
  if (given.JwtConfiguration) throw badRequest('JwtConfiguration is supported for JWT authorizers only')
  if (functionOf(given.AuthorizerUri ?? '') === undefined) throw badRequest(`Invalid Authorizer URI: ${given.AuthorizerUri ?? ''}`)
  const version = given.AuthorizerPayloadFormatVersion
  if (version !== '1.0' && version !== '2.0') throw badRequest('AuthorizerPayloadFormatVersion is a required parameter for REQUEST authorizer: 1.0 or 2.0')
  if (given.EnableSimpleResponses && version !== '2.0') throw badRequest('EnableSimpleResponses is supported for authorizer payload format version 2.0 only')
  const ttl = given.AuthorizerResultTtlInSeconds ?? 0
  if (ttl < 0) throw badRequest('AuthorizerResultTtlInSeconds must not be negative')
  if (ttl > 0 && sources.length === 0) throw badRequest('IdentitySource is required for a REQUEST authorizer when caching is enabled')
  if (given.AuthorizerCredentialsArn) await passRole(call, given.AuthorizerCredentialsArn)
  return { ...given, AuthorizerResultTtlInSeconds: ttl, EnableSimpleResponses: given.EnableSimpleResponses ?? false }
}

function checkedJwt(given: Authorizer, sources: string[]): Authorizer {
  const { Audience = [], Issuer } = given.JwtConfiguration ?? {}
  if (sources.length !== 1 || !/^\$request\.(header|querystring)\./.test(sources[0]!)) throw badRequest('A JWT authorizer takes exactly one identity source, a header or a query string parameter')
  if (Audience.length > MOST_AUDIENCES) throw badRequest(`An authorizer can have at most ${MOST_AUDIENCES} audiences.`)
  if (Audience.length === 0) throw badRequest('Audience is a required parameter for JWT authorizer')
  // AWS takes https alone; an issuer within the sandbox has no certificate.
  if (!/^https?:\/\/[^\s?#]+$/.test(Issuer ?? '')) throw badRequest(`Invalid issuer: ${Issuer}. Issuer must be a valid HTTPS URL`)
  if (given.AuthorizerUri || given.AuthorizerPayloadFormatVersion || given.EnableSimpleResponses || given.AuthorizerCredentialsArn) throw badRequest('AuthorizerUri, AuthorizerCredentialsArn, AuthorizerPayloadFormatVersion and EnableSimpleResponses are supported for REQUEST authorizers only')
  return given
}
