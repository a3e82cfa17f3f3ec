import { generateKeyPair, randomBytes, sign, type KeyObject } from 'node:crypto'
import { promisify } from 'node:util'

const [SEQUENCE, SET, INTEGER, BIT_STRING, NULL, OID, UTF8_STRING, GENERALIZED_TIME, VERSION] = [0x30, 0x31, 0x02, 0x03, 0x05, 0x06, 0x0c, 0x18, 0xa0]
/** 1.2.840.113549.1.1.11, sha256WithRSAEncryption */
const SHA256_WITH_RSA = Buffer.from('2a864886f70d01010b', 'hex')
/** 2.5.4.3, commonName */
const COMMON_NAME = Buffer.from('550403', 'hex')

/** A new RSA key of 2048 bits with its X.509 certificate (RFC 5280), signed by itself. Times are epoch ms. */
export async function selfSignedCertificate({ commonName, from, until }: { commonName: string; from: number; until: number }): Promise<{ certificate: string; privateKey: KeyObject }> {
  const { publicKey, privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 })
  const algorithm = der(SEQUENCE, der(OID, SHA256_WITH_RSA), der(NULL))
  const name = der(SEQUENCE, der(SET, der(SEQUENCE, der(OID, COMMON_NAME), der(UTF8_STRING, Buffer.from(commonName)))))
  // A leading byte below 0x80 keeps the number positive.
  const serial = Buffer.concat([Buffer.from([1]), randomBytes(8)])
  const signedPart = der(
    SEQUENCE,
    der(VERSION, der(INTEGER, Buffer.from([2]))),
    der(INTEGER, serial),
    algorithm,
    name,
    der(SEQUENCE, time(from), time(until)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
  )
  const signature = Buffer.concat([Buffer.from([0]), sign('sha256', signedPart, privateKey)])
  const certificate = der(SEQUENCE, signedPart, algorithm, der(BIT_STRING, signature))
  return { certificate: `-----BEGIN CERTIFICATE-----\n${certificate.toString('base64').replace(/.{64}(?=.)/g, '$&\n')}\n-----END CERTIFICATE-----\n`, privateKey }
}

/** A value in DER: its tag, its length, its content (X.690). */
function der(tag: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts)
  const size = content.length.toString(16)
  const bytes = Buffer.from(size.length % 2 === 0 ? size : `0${size}`, 'hex')
  const length = content.length < 0x80 ? bytes : Buffer.concat([Buffer.from([0x80 | bytes.length]), bytes])
  return Buffer.concat([Buffer.from([tag]), length, content])
}

function time(at: number): Buffer {
  return der(GENERALIZED_TIME, Buffer.from(new Date(at).toISOString().replace(/[-:T]|\.\d+/g, '')))
}
