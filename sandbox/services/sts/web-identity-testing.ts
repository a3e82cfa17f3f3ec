import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** An issuer of web identities on loopback, for tests. */
export interface TestIssuer {
  /** `127.0.0.1:PORT` */
  host: string
  /** Its key set: an RSA key `one`, an elliptic one `two`. */
  jwks: { keys: object[] }
  /** A token for the audience `shop`, good for ten minutes, signed with the key `one` where no other is given. */
  token(claims?: object, key?: KeyObject, header?: object): string
  curve: KeyObject
  close(): void
}

/** Starts an issuer with keys of its own. */
export async function startIssuer(): Promise<TestIssuer> {
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const curve = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const jwks = { keys: [{ ...rsa.publicKey.export({ format: 'jwk' }), kid: 'one' }, { ...curve.publicKey.export({ format: 'jwk' }), kid: 'two' }] }
  const server = createServer((request, response) => {
    const answers: Record<string, object> = { '/.well-known/openid-configuration': { jwks_uri: `http://${host}/keys` }, '/keys': jwks }
    response.end(JSON.stringify(answers[request.url!] ?? {}))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    host,
    jwks,
    curve: curve.privateKey,
    token(claims = {}, key = rsa.privateKey, header = {}) {
      const signed = `${tokenPart({ alg: 'RS256', kid: 'one', typ: 'JWT', ...header })}.${tokenPart({ iss: `http://${host}`, aud: 'shop', sub: 'repo:books:main', exp: secondsNow() + 600, ...claims })}`
      return `${signed}.${sign('sha256', Buffer.from(signed), key.asymmetricKeyType === 'ec' ? { key, dsaEncoding: 'ieee-p1363' } : key).toString('base64url')}`
    },
    close: () => void server.close(),
  }
}

/** A part of a token as it is sent. */
export function tokenPart(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}

/** As tokens tell the time. */
export function secondsNow(): number {
  return Math.floor(Date.now() / 1000)
}
