import { createPublicKey, verify, type JsonWebKey } from 'node:crypto'

/** Signatures that HTTP APIs take: RSA alone. */
const HASHES: Record<string, string> = { RS256: 'sha256', RS384: 'sha384', RS512: 'sha512' }

/** A key of an issuer's key set. */
export type SigningKey = JsonWebKey & { kid?: string }

/** A token taken apart, its signature not yet looked at. */
export interface Token {
  header: { alg?: unknown; kid?: unknown }
  claims: Record<string, unknown>
  signed: Buffer
  signature: Buffer
}

/** Takes a JSON Web Token apart (RFC 7519, RFC 7515); undefined where it is none. */
export function parseToken(text: string): Token | undefined {
  const parts = text.split('.')
  if (parts.length !== 3) return undefined
  const [header, claims] = parts.slice(0, 2).map(readPart)
  if (!header || !claims) return undefined
  return { header, claims, signed: Buffer.from(`${parts[0]}.${parts[1]}`), signature: Buffer.from(parts[2]!, 'base64url') }
}

/** Whether HTTP APIs know the token's way of signing. */
export function isKnownAlgorithm({ header }: Token): boolean {
  return typeof header.alg === 'string' && Object.hasOwn(HASHES, header.alg)
}

/** Whether the key made the token's signature. */
export function isSignedBy({ header, signed, signature }: Token, key: SigningKey): boolean {
  try {
    return verify(HASHES[header.alg as string], signed, createPublicKey({ key, format: 'jwk' }), signature)
  } catch {
    return false
  }
}

/** What the claims of a token are held against. */
export interface Expected {
  issuer: string
  audience: string[]
  /** Epoch ms. */
  now: number
}

/**
 * Why the claims do not hold, in AWS's words; undefined where they do. The audience is `aud`, or `client_id` where the
 * token has no `aud` (HTTP API developer guide, "JWT authorizers").
 */
export function claimFault({ claims }: Token, { issuer, audience, now }: Expected): string | undefined {
  const seconds = now / 1000
  if (claims.iss !== issuer) return 'invalid issuer'
  const audiences = [claims.aud ?? claims.client_id].flat()
  if (!audiences.some((one) => audience.includes(one as string))) return 'the token does not have a valid audience'
  if (typeof claims.exp !== 'number' || claims.exp <= seconds) return 'the token has expired'
  if (typeof claims.nbf === 'number' && claims.nbf > seconds) return 'the token is not valid yet'
  if (typeof claims.iat === 'number' && claims.iat > seconds) return 'the token is used before issued'
  return undefined
}

/** The scopes of a token, of `scope` (text parted by spaces) or `scp` (a list). */
export function scopesOf({ claims }: Token): string[] {
  if (typeof claims.scope === 'string') return claims.scope.split(' ').filter((scope) => scope !== '')
  const { scp } = claims
  return typeof scp === 'string' ? scp.split(' ') : Array.isArray(scp) ? scp.map(String) : []
}

/** Claims as events have them: text each, a list as `[a b]`. */
export function claimTexts({ claims }: Token): Record<string, string> {
  const text = (value: unknown) => (Array.isArray(value) ? `[${value.join(' ')}]` : typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value))
  return Object.fromEntries(Object.entries(claims).map(([name, value]) => [name, text(value)]))
}

function readPart(part: string): Record<string, unknown> | undefined {
  try {
    const value = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'))
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined
  } catch {
    return undefined
  }
}
