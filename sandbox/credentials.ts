import { randomBytes } from 'node:crypto'
import type { Credential } from './authenticate'
import type { Principal } from './operation'
import type { Sandbox } from './sandbox'
import { users } from './services/iam/records'
import { collection } from './store'

/** A long-lived access key of an IAM user (or of root, in `open` mode's terms). */
export interface AccessKey {
  accessKeyId: string
  secretAccessKey: string
  account: string
  userName: string
  status: 'Active' | 'Inactive'
  createdAt: string
  lastUsed?: { at: string; service: string; region: string }
}

/** All access keys of all accounts by id, in scope {@link ALL}: a request names its key before anything else is known. */
export const accessKeys = collection<AccessKey>('iam/access-keys')
/** The one scope of collections that are not kept by account. */
export const ALL = 'all'

/** Temporary credentials as STS gives them. */
export interface Session {
  accessKeyId: string
  secretAccessKey: string
  sessionToken: string
  expiration: Date
}

interface Sealed {
  accessKeyId: string
  secretAccessKey: string
  principal: Principal
  expiresAt: number
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** An id in AWS's form: a prefix (AKIA, ASIA, AROA, AIDA, ANPA) and 16 (17 for entities) of A-Z2-7. */
export function uniqueId(prefix: string): string {
  const length = prefix.startsWith('AKIA') || prefix.startsWith('ASIA') ? 16 : 17
  return prefix + Array.from(randomBytes(length), (byte) => ALPHABET[byte % 32]).join('')
}

/** Forty characters, as AWS's secrets are. */
export function secretKey(): string {
  return randomBytes(30).toString('base64')
}

/** Temporary credentials of a principal, valid for so many seconds. They live in their token and need no record. */
export function issueSession(sandbox: Sandbox, principal: Omit<Principal, 'accessKeyId'>, seconds: number): Session {
  const accessKeyId = uniqueId('ASIA')
  const secretAccessKey = secretKey()
  const expiresAt = sandbox.now() + seconds * 1000
  const sessionStart = new Date(sandbox.now()).toISOString()
  const sealed: Sealed = { accessKeyId, secretAccessKey, principal: { ...principal, accessKeyId, sessionStart }, expiresAt }
  return { accessKeyId, secretAccessKey, sessionToken: sandbox.seal.seal(sealed), expiration: new Date(expiresAt) }
}

/** The root user of an account. */
export function rootOf(account: string): Omit<Principal, 'accessKeyId'> {
  return { type: 'Root', account, arn: `arn:aws:iam::${account}:root`, userId: account }
}

/** Finds the credential behind an access key id and, for temporary ones, its token; undefined where there is none. */
export async function findCredential(sandbox: Sandbox, accessKeyId: string, sessionToken: string | undefined): Promise<Credential | undefined> {
  if (sessionToken !== undefined) {
    const sealed = sandbox.seal.open(sessionToken) as Sealed | undefined
    if (sealed?.accessKeyId !== accessKeyId) return undefined
    return { secretAccessKey: sealed.secretAccessKey, principal: sealed.principal, sessionToken, expiresAt: sealed.expiresAt - sandbox.clock.aheadBy(sealed.principal.account) }
  }
  const key = await sandbox.store.get(accessKeys, ALL, accessKeyId)
  if (key?.status !== 'Active') return undefined
  const user = await sandbox.store.get(users, key.account, key.userName)
  // The user's own list decides: a key record may be written once more by a call that was under way when the key went.
  if (!user?.accessKeys.includes(accessKeyId)) return undefined
  return { secretAccessKey: key.secretAccessKey, principal: { type: 'IAMUser', account: key.account, arn: user.arn, userId: user.userId, name: user.userName, accessKeyId } }
}
