import { hash, verify } from '@node-rs/argon2'

/** OWASP's minimum for Argon2id: 19 MiB, two passes, one lane. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

export const passwordLength = { min: 10, max: 200 }

/** @returns the Argon2id hash in PHC form, salt included */
export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFC'), cost)
}

/**
 * Checks a password. Takes the same time for a user without a password or no user at all, so that the time does not
 * tell which e-mail addresses have an account.
 */
export async function verifyPassword(storedHash: string | null | undefined, password: string): Promise<boolean> {
  const matches = await verify(storedHash ?? (await (standIn ??= hashPassword('nobody'))), password.normalize('NFC'))
  return matches && storedHash != null
}

let standIn: Promise<string> | undefined
