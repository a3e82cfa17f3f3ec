import { createHash, createPrivateKey, createPublicKey, generateKeyPair, sign as signBytes, type KeyObject } from 'node:crypto'
import { promisify } from 'node:util'
import type { Sandbox } from '../../sandbox'
import { collection, type Store } from '../../store'
import { selfSigned } from './certificate'

/** The sandbox's own key for notifications, sealed, and its certificate. Scope and key {@link ONLY}. */
const signingKeys = collection<{ sealed: string; certificate: string }>('sns/signing-key')
const ONLY = 'only'
const BITS = 2048
const YEARS = 30

interface Signer {
  privateKey: KeyObject
  certificate: string
  /** Path of the certificate. */
  path: string
}

const signers = new WeakMap<Store, Promise<Signer>>()
const newKeys = promisify(generateKeyPair)
const signAside = promisify(signBytes)

/** The key of this sandbox, made at its first notification. */
export function signerOf(sandbox: Sandbox): Promise<Signer> {
  let signer = signers.get(sandbox.store)
  if (!signer) signers.set(sandbox.store, (signer = open(sandbox)))
  return signer
}

async function open({ store, seal }: Sandbox): Promise<Signer> {
  const kept = await store.get(signingKeys, ONLY, ONLY)
  const pem = kept && seal.open(kept.sealed)
  if (kept && typeof pem === 'string') return { privateKey: createPrivateKey(pem), certificate: kept.certificate, path: pathOf(kept.certificate) }
  const { privateKey } = await newKeys('rsa', { modulusLength: BITS })
  const from = new Date()
  const certificate = selfSigned({ privateKey, publicKey: createPublicKey(privateKey) }, 'sns.amazonaws.com', from, new Date(from.getTime() + YEARS * 365 * 86_400_000))
  await store.put(signingKeys, ONLY, ONLY, { sealed: seal.seal(privateKey.export({ type: 'pkcs8', format: 'pem' })), certificate })
  return { privateKey, certificate, path: pathOf(certificate) }
}

function pathOf(certificate: string): string {
  return `/SimpleNotificationService-${createHash('md5').update(certificate).digest('hex')}.pem`
}

/** What is signed: the names and values, in the order of names ("Verifying the signatures of Amazon SNS messages"). */
const SIGNED = ['Message', 'MessageId', 'Subject', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type']

/** Adds the signature to what goes to a subscriber. @param version `1` is SHA1withRSA, `2` SHA256withRSA */
export async function sign(sandbox: Sandbox, document: Record<string, unknown>, version: string): Promise<{ SignatureVersion: string; Signature: string; SigningCertURL: string }> {
  const { privateKey, path } = await signerOf(sandbox)
  const text = SIGNED.filter((name) => document[name] !== undefined && document[name] !== null).map((name) => `${name}\n${String(document[name])}\n`).join('')
  const signature = await signAside(version === '2' ? 'sha256' : 'sha1', Buffer.from(text), privateKey)
  return { SignatureVersion: version, Signature: signature.toString('base64'), SigningCertURL: sandbox.url() + path }
}
