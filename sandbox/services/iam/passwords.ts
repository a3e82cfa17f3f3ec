import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { PasswordPolicyViolationException } from '@aws-sdk/client-iam'
import type { LoginProfile, PasswordPolicy } from './records'

type Hashed = Pick<LoginProfile, 'salt' | 'hash'>

const HASH_BYTES = 32
const derive = promisify<string, Buffer, number, Buffer>(scrypt)
const CLASSES = { uppercase: /[A-Z]/, lowercase: /[a-z]/, numbers: /[0-9]/, symbols: /[^A-Za-z0-9]/ }
/** The policy of an account that set none (IAM User Guide, "Set an account password policy"): this many of the four classes. */
const DEFAULT_CLASSES = 3
const DEFAULT_LENGTH = 8

/** Hashes a password with a salt of its own. */
export async function hashPassword(password: string): Promise<Hashed> {
  const salt = randomBytes(16)
  return { salt: salt.toString('base64'), hash: (await derive(password, salt, HASH_BYTES)).toString('base64') }
}

/** Tells whether a hash is of this password. */
export async function isPassword(password: string, { salt, hash }: Hashed): Promise<boolean> {
  return timingSafeEqual(await derive(password, Buffer.from(salt, 'base64'), HASH_BYTES), Buffer.from(hash, 'base64'))
}

/**
 * Holds a new password against the account's policy, or AWS's default where there is none.
 * @param before the user's present and earlier passwords, newest first
 * @throws PasswordPolicyViolationException
 */
export async function requireGoodPassword(policy: PasswordPolicy | undefined, password: string, before: Hashed[] = []): Promise<void> {
  const found = Object.entries(CLASSES).filter(([, pattern]) => pattern.test(password)).map(([name]) => name)
  const isGood = policy
    ? password.length >= policy.minimumLength && (Object.keys(CLASSES) as (keyof typeof CLASSES)[]).every((name) => !policy[name] || found.includes(name))
    : password.length >= DEFAULT_LENGTH && found.length >= DEFAULT_CLASSES
  if (!isGood) throw violation('Password does not conform to the account password policy.')
  for (const earlier of before.slice(0, policy?.reusePrevention ?? 0)) {
    if (await isPassword(password, earlier)) throw violation('Password does not conform to the account password policy: it was used before.')
  }
}

function violation(message: string) {
  return new PasswordPolicyViolationException({ message, $metadata: {} })
}
