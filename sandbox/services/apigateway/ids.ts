import { randomBytes } from 'node:crypto'

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz0123456789'

/** An id as API Gateway gives them: 10 characters for an API, 6 for what is in it, 7 for routes and integrations of HTTP APIs. */
export function newId(length: 6 | 7 | 10): string {
  return characters(length, ALPHABET)
}

/** The value of an API key: 40 letters and digits. */
export function newKeyValue(): string {
  return characters(40, ALPHABET + ALPHABET.slice(0, 26).toUpperCase())
}

function characters(length: number, alphabet: string): string {
  return Array.from(randomBytes(length * 2).subarray(0, length), (byte) => alphabet[byte % alphabet.length]).join('')
}
