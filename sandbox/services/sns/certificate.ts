import { sign, type KeyObject } from 'node:crypto'

/**
 * A self-signed X.509 certificate (RFC 5280), which Node can read but not write.
 * @param keys RSA
 * @param name its common name
 * @returns PEM
 */
export function selfSigned(keys: { publicKey: KeyObject; privateKey: KeyObject }, name: string, from: Date, until: Date): string {
  const subject = sequence(tagged(0x31, sequence(oid('550403'), tagged(0x0c, Buffer.from(name)))))
  const algorithm = sequence(oid('2a864886f70d01010b'), tagged(0x05, Buffer.alloc(0)))
  const serial = tagged(0x02, Buffer.from([1]))
  const body = sequence(tagged(0xa0, tagged(0x02, Buffer.from([2]))), serial, algorithm, subject, sequence(time(from), time(until)), subject, keys.publicKey.export({ type: 'spki', format: 'der' }))
  const signature = tagged(0x03, Buffer.concat([Buffer.from([0]), sign('sha256', body, keys.privateKey)]))
  const base64 = sequence(body, algorithm, signature).toString('base64').replace(/.{64}(?=.)/g, '$&\n')
  return `-----BEGIN CERTIFICATE-----\n${base64}\n-----END CERTIFICATE-----\n`
}

/** One element of DER: tag, length, content. */
function tagged(tag: number, content: Buffer): Buffer {
  const { length } = content
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff]
  return Buffer.concat([Buffer.from([tag, ...size]), content])
}

function sequence(...parts: Buffer[]): Buffer {
  return tagged(0x30, Buffer.concat(parts))
}

function oid(hex: string): Buffer {
  return tagged(0x06, Buffer.from(hex, 'hex'))
}

/** GeneralizedTime, to the second. */
function time(date: Date): Buffer {
  return tagged(0x18, Buffer.from(`${date.toISOString().replace(/[-:T]|\.\d+Z$/g, '')}Z`))
}
