import { own } from '../../services/apigateway/errors'
import { forbidden, internal, unauthorized, type Exchange } from './exchange'
import { identityOf } from './identity'
import { issuerKeys } from './issuer-keys'
import { claimFault, claimTexts, isKnownAlgorithm, isSignedBy, parseToken, scopesOf, type SigningKey, type Token } from './jwt'

/**
 * Lets a request pass whose JSON Web Token the issuer signed, for one of the audiences, with one of the route's scopes
 * (HTTP API developer guide, "JWT authorizers").
 * @throws HttpError 401, 403 where the scopes do not do
 */
export async function authorizeByJwt(exchange: Exchange): Promise<void> {
  const { definition, route, sandbox } = exchange
  const authorizer = own(definition.authorizers, route.AuthorizerId)
  if (!authorizer) throw internal(`route ${route.RouteKey} has no authorizer`)
  const [value] = identityOf(exchange, authorizer.IdentitySource) ?? []
  if (value === undefined) throw unauthorized([['WWW-Authenticate', 'Bearer']])
  const refused = (why: string) => unauthorized([['WWW-Authenticate', challenge(route.AuthorizationScopes, 'invalid_token', why)]])
  const token = parseToken(value.replace(/^Bearer\s+/i, ''))
  if (!token) throw refused('the token is malformed')
  if (!isKnownAlgorithm(token)) throw refused(`signing method ${String(token.header.alg)} is invalid`)
  const { Issuer: issuer = '', Audience: audience = [] } = authorizer.JwtConfiguration ?? {}
  // Before any key is fetched: a token of someone else's needs none.
  const fault = claimFault(token, { issuer, audience, now: sandbox.now() })
  if (fault !== undefined) throw refused(fault)
  const published = await issuerKeys(exchange, issuer, (known) => fitting(token, known).length > 0)
  if (!published) throw refused('OIDC discovery endpoint communication error')
  const keys = fitting(token, published)
  if (keys.length === 0) throw refused('unable to find a signing key of the issuer for the token')
  if (!keys.some((key) => isSignedBy(token, key))) throw refused('the token has an invalid signature')
  const scopes = scopesOf(token)
  const wanted = route.AuthorizationScopes ?? []
  if (wanted.length > 0 && !wanted.some((scope) => scopes.includes(scope))) {
    throw forbidden([['WWW-Authenticate', challenge(wanted, 'insufficient_scope', 'the token does not have any of the required scopes')]])
  }
  const claims = claimTexts(token)
  const shown = { claims, scopes: wanted.length > 0 ? scopes : null }
  exchange.authorizer = { v1: shown, v2: { jwt: shown }, context: Object.fromEntries(Object.entries(claims).map(([name, text]) => [`claims.${name}`, text])) }
}

function fitting({ header }: Token, keys: SigningKey[]): SigningKey[] {
  return keys.filter(({ kid, kty }) => kty === 'RSA' && kid !== undefined && kid === header.kid)
}

/** `Bearer scope="read" error="invalid_token" error_description="the token has expired"` (RFC 6750). */
function challenge(scopes: string[] | undefined, error: string, description: string): string {
  return `Bearer scope="${(scopes ?? []).join(' ')}" error="${error}" error_description="${description.replace(/["\\\r\n]/g, '')}"`
}
