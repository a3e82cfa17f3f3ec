import { createHmac, randomBytes } from 'node:crypto'

const STEP_MS = 30_000
const DIGITS = 6
const SEED_BYTES = 40
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** A seed of 64 characters, base32 (RFC 4648), as AWS's virtual devices have it. */
export function newSeed(): string {
  const bits = [...randomBytes(SEED_BYTES)].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  return bits.match(/.{5}/g)!.map((five) => ALPHABET[Number.parseInt(five, 2)]).join('')
}

/** The step of 30 seconds that a time is in. */
export function stepOf(ms: number): number {
  return Math.floor(ms / STEP_MS)
}

/** The code of a step (RFC 6238 with SHA-1). */
export function codeOf(seed: string, step: number): string {
  const bits = [...seed].map((char) => ALPHABET.indexOf(char).toString(2).padStart(5, '0')).join('')
  const key = Buffer.from(bits.match(/.{8}/g)!.map((eight) => Number.parseInt(eight, 2)))
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const hash = createHmac('sha1', key).update(counter).digest()
  const number = hash.readUInt32BE(hash.at(-1)! & 15) & 0x7fffffff
  return String(number % 10 ** DIGITS).padStart(DIGITS, '0')
}

/** The step of the second of two codes that follow each other, at most so many steps from now; undefined where there is none. */
export function stepOfPair(seed: string, first: string, second: string, now: number, within: number): number | undefined {
  const here = stepOf(now)
  // From now outwards: of several matches, which are mere chance, the nearest.
  for (let away = 0; away <= within; away++) {
    for (const step of new Set([here - away, here + away])) if (codeOf(seed, step) === second && codeOf(seed, step - 1) === first) return step
  }
  return undefined
}
