import { createPublicKey, verify } from 'node:crypto'
import { ExpiredTokenException, IDPCommunicationErrorException, InvalidIdentityTokenException } from '@aws-sdk/client-sts'
import { issuerKeys } from '../../execute-api/http-api/issuer-keys'
import { parseToken, type SigningKey, type Token } from '../../execute-api/http-api/jwt'
import type { Call } from '../../operation'
import { nameOf, providerArn } from '../iam/oidc-providers'
import { oidcProviders } from '../iam/records'

/** Who a token is of, once its issuer, audience, time and signature hold. */
export interface WebIdentity {
  /** ARN of the provider in the role's account. */
  provider: string
  issuer: string
  subject: string
  audience: string
  claims: Record<string, unknown>
  /** Condition keys: `ISSUER:aud`, `ISSUER:sub` and so on. */
  context: Record<string, string | string[]>
}

const ALGORITHMS: Record<string, string> = { RS256: 'sha256', RS384: 'sha384', RS512: 'sha512', ES256: 'sha256', ES384: 'sha384', ES512: 'sha512' }

/**
 * Verifies an OpenID Connect token for a role of an account (IAM User Guide, "Create an OpenID Connect identity provider").
 * The issuer is asked for its keys where it is a deployed API of this sandbox or a host that `allowOutgoing` names.
 * @throws InvalidIdentityTokenException, ExpiredTokenException, IDPCommunicationErrorException
 */
export async function readWebIdentity(call: Call, account: string, text: string): Promise<WebIdentity> {
  const { sandbox } = call
  const token = parseToken(text)
  const { iss, sub, aud, azp, exp, amr } = token?.claims ?? {}
  if (!token || typeof token.header.alg !== 'string' || !Object.hasOwn(ALGORITHMS, token.header.alg)) throw invalid("The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)")
  for (const [name, value] of Object.entries({ iss, sub, aud })) if (value === undefined) throw invalid(`Missing a required claim: ${name}`)
  const provider = await sandbox.store.get(oidcProviders, account, arnFor(account, String(iss)) ?? '')
  if (!provider) throw invalid(`No OpenIDConnect provider found in your account for ${iss}`)
  const audience = String(azp ?? [aud].flat()[0])
  if (![azp, aud].flat().some((one) => provider.clientIds.includes(String(one)))) throw invalid('Incorrect token audience')
  const now = Math.floor(sandbox.now() / 1000)
  if (typeof exp !== 'number') throw invalid('Missing a required claim: exp')
  if (exp <= now) throw new ExpiredTokenException({ message: `Token expired: current date/time ${now} must be before the expiration date/time ${exp}`, $metadata: {} })
  const isFitting = (keys: SigningKey[]) => keys.some((key) => isSignedBy(token, key))
  const asker = { sandbox, machine: sandbox, api: { id: 'sts' }, headers: [], peer: { address: call.sourceIp, signal: call.signal } }
  const keys = await issuerKeys(asker, String(iss), isFitting)
  if (!keys) throw new IDPCommunicationErrorException({ message: `Couldn't retrieve the keys of ${iss}: it must be a deployed API of this sandbox or a host that it may call, and answer /.well-known/openid-configuration.`, $metadata: {} })
  if (!isFitting(keys)) throw invalid("Couldn't retrieve verification key from your identity provider, please reference AssumeRoleWithWebIdentity documentation for requirements")
  const context = { [`${provider.url}:aud`]: audience, [`${provider.url}:sub`]: String(sub), ...(amr === undefined ? {} : { [`${provider.url}:amr`]: [amr].flat().map(String) }) }
  return { provider: provider.arn, issuer: String(iss), subject: String(sub), audience, claims: token.claims, context }
}

/** Undefined where the issuer is no URL that a provider can have. */
function arnFor(account: string, issuer: string): string | undefined {
  try {
    nameOf(issuer)
  } catch {
    return undefined
  }
  return providerArn(account, issuer)
}

/** Elliptic curves sign in JOSE's form (RFC 7518), not in DER. */
function isSignedBy({ header, signed, signature }: Token, key: SigningKey): boolean {
  if (key.kid !== undefined && header.kid !== undefined && key.kid !== header.kid) return false
  const algorithm = header.alg as string
  try {
    const isCurve = algorithm.startsWith('ES')
    if ((key.kty === 'EC') !== isCurve) return false
    return verify(ALGORITHMS[algorithm], signed, { key: createPublicKey({ key, format: 'jwk' }), ...(isCurve ? { dsaEncoding: 'ieee-p1363' as const } : {}) }, signature)
  } catch {
    return false
  }
}

function invalid(message: string) {
  return new InvalidIdentityTokenException({ message, $metadata: {} })
}
