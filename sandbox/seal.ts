import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const KEY_BYTES = 32
const IV_BYTES = 12
const TAG_BYTES = 16

/** Seals values with a key of the data folder (AES-256-GCM), so that session tokens need no record and outlive a restart. */
export class Seal {
  readonly #key: Buffer

  constructor(dataDir: string) {
    const file = join(dataDir, 'secret.key')
    try {
      this.#key = readFileSync(file)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
      this.#key = randomBytes(KEY_BYTES)
      writeFileSync(file, this.#key, { mode: 0o600 })
    }
    if (this.#key.length !== KEY_BYTES) throw new Error(`it has ${this.#key.length} bytes instead of ${KEY_BYTES}`)
  }

  seal(value: unknown): string {
    const iv = randomBytes(IV_BYTES)
    const cipher = createCipheriv('aes-256-gcm', this.#key, iv)
    const body = Buffer.concat([cipher.update(JSON.stringify(value), 'utf8'), cipher.final()])
    return Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64')
  }

  /** What was sealed, or undefined where the text was not sealed with this key. */
  open(text: string): unknown {
    const bytes = Buffer.from(text, 'base64')
    if (bytes.length < IV_BYTES + TAG_BYTES) return undefined
    const decipher = createDecipheriv('aes-256-gcm', this.#key, bytes.subarray(0, IV_BYTES))
    decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES))
    try {
      const body = Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()])
      return JSON.parse(body.toString('utf8'))
    } catch {
      return undefined
    }
  }
}
