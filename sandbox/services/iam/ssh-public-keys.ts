import { createHash, createPublicKey, type KeyObject } from 'node:crypto'
import { InvalidPublicKeyException, UnrecognizedPublicKeyEncodingException, type SSHPublicKey } from '@aws-sdk/client-iam'
import { notFound } from './entities'
import type { SshPublicKey, User } from './records'

const LEAST_BITS = 2048

/**
 * An RSA key from its text, `ssh-rsa AAAA…` or PEM.
 * @throws UnrecognizedPublicKeyEncodingException, InvalidPublicKeyException
 */
export function readPublicKey(text: string): KeyObject {
  const isSsh = /^ssh-/.test(text)
  if (!isSsh && !text.startsWith('-----BEGIN')) throw new UnrecognizedPublicKeyEncodingException({ message: 'The public key encoding is unsupported or unrecognized.', $metadata: {} })
  let key: KeyObject
  try {
    key = isSsh ? fromSsh(text) : createPublicKey(text)
  } catch {
    throw invalid('The public key is malformed or otherwise invalid.')
  }
  if (key.asymmetricKeyType !== 'rsa') throw invalid('Only RSA keys are supported.')
  if (key.asymmetricKeyDetails!.modulusLength! < LEAST_BITS) throw invalid(`The RSA key must have at least ${LEAST_BITS} bits.`)
  return key
}

/** The MD5 of a key as ssh-keygen shows it: `12:34:…`. */
export function fingerprintOf(key: KeyObject): string {
  return createHash('md5').update(sshBlob(key)).digest('hex').match(/../g)!.join(':')
}

/** A key in one of the two encodings. */
export function encoded(text: string, encoding: 'SSH' | 'PEM'): string {
  const key = readPublicKey(text)
  return encoding === 'PEM' ? (key.export({ type: 'spki', format: 'pem' }) as string) : `ssh-rsa ${sshBlob(key).toString('base64')}`
}

/** A user's key by its id. @throws NoSuchEntityException */
export function requireSshKey(user: User, id: string): SshPublicKey {
  const key = user.sshKeys?.find((one) => one.id === id)
  if (!key) throw notFound(`The Public Key with id ${id} cannot be found.`)
  return key
}

/** A key with its body in one of the two encodings, or as it was uploaded. */
export function shownSshKey(userName: string, key: SshPublicKey, body = key.body): SSHPublicKey {
  return { UserName: userName, SSHPublicKeyId: key.id, Fingerprint: key.fingerprint, SSHPublicKeyBody: body, Status: key.status, UploadDate: new Date(key.uploadedAt) }
}

/** RFC 4253, "Public Key Algorithms": three fields, each behind its length. */
function fromSsh(text: string): KeyObject {
  const [name, base64 = ''] = text.trim().split(/\s+/)
  if (name !== 'ssh-rsa') throw invalid('Only RSA keys are supported.')
  let rest = Buffer.from(base64, 'base64')
  const next = () => {
    const length = rest.readUInt32BE(0)
    if (length > rest.length - 4) throw invalid('The public key is cut off.')
    const field = rest.subarray(4, 4 + length)
    rest = rest.subarray(4 + length)
    return field
  }
  if (next().toString() !== name) throw invalid('The public key is of another type than it says.')
  const [e, n] = [next(), next()]
  return createPublicKey({ key: { kty: 'RSA', e: withoutSign(e).toString('base64url'), n: withoutSign(n).toString('base64url') }, format: 'jwk' })
}

function sshBlob(key: KeyObject): Buffer {
  const { e, n } = key.export({ format: 'jwk' })
  const fields = [Buffer.from('ssh-rsa'), ...[e!, n!].map((number) => withSign(Buffer.from(number, 'base64url')))]
  return Buffer.concat(
    fields.flatMap((field) => {
      const length = Buffer.alloc(4)
      length.writeUInt32BE(field.length)
      return [length, field]
    }),
  )
}

/** SSH's numbers have a sign: a first bit that is set needs a zero before it. */
function withSign(number: Buffer): Buffer {
  return number[0]! & 0x80 ? Buffer.concat([Buffer.alloc(1), number]) : number
}

function withoutSign(number: Buffer): Buffer {
  return number[0] === 0 ? number.subarray(1) : number
}

function invalid(message: string) {
  return new InvalidPublicKeyException({ message, $metadata: {} })
}
