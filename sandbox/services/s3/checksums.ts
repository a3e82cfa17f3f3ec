import { createHash } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { Crc32c } from '@aws-sdk/checksums/crc'
import { AwsError } from '../../errors'
import { Crc64 } from './crc64'
import { invalidRequest } from './errors'
import type { Checksums } from './records'

/** The checksum algorithms that the sandbox reckons, as the API spells them. */
export const ALGORITHMS = ['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256'] as const
export type Algorithm = (typeof ALGORITHMS)[number]

/** Takes bytes, gives their checksum. */
export interface Checksum {
  update(data: Buffer): void
  digest(): Promise<Buffer>
}

/** A checksum of that algorithm, nothing taken yet. */
export function checksumOf(algorithm: Algorithm): Checksum {
  if (algorithm === 'CRC32') return crc32Checksum()
  if (algorithm === 'SHA1' || algorithm === 'SHA256') {
    const hash = createHash(algorithm)
    return { update: (data) => void hash.update(data), digest: async () => hash.digest() }
  }
  if (algorithm === 'CRC64NVME') {
    const crc = new Crc64()
    return { update: (data) => crc.update(data), digest: async () => crc.digest() }
  }
  const checksum = new Crc32c()
  return { update: (data) => checksum.update(data), digest: async () => Buffer.from(await checksum.digest()) }
}

function crc32Checksum(): Checksum {
  let value = 0
  return {
    update: (data) => {
      value = crc32(data, value)
    },
    async digest() {
      const bytes = Buffer.alloc(4)
      bytes.writeUInt32BE(value >>> 0)
      return bytes
    },
  }
}

/** What a sender said that the checksum of its bytes is; a value is missing where it comes in a trailing header. */
export interface Claimed {
  algorithm: Algorithm
  value?: string
}

const BYTES: Record<Algorithm, number> = { CRC32: 4, CRC32C: 4, CRC64NVME: 8, SHA1: 20, SHA256: 32 }

/**
 * The checksum that an upload is to have.
 * @param input with the members `ChecksumCRC32` and the like, and `ChecksumAlgorithm`
 * @param announced names of trailing headers
 * @throws AwsError InvalidRequest where there are several, or an unknown algorithm
 */
export function claimedChecksum(input: Record<string, any>, announced: string[] = []): Claimed | undefined {
  const named = ALGORITHMS.filter((algorithm) => input[`Checksum${algorithm}`] !== undefined)
  if (named.length > 1) throw invalidRequest('Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.')
  const trailing = ALGORITHMS.find((algorithm) => announced.includes(`x-amz-checksum-${algorithm.toLowerCase()}`))
  const asked = input.ChecksumAlgorithm as string | undefined
  if (asked !== undefined && !ALGORITHMS.includes(asked as Algorithm)) throw invalidRequest('Checksum algorithm provided is unsupported. Please try again with any of the valid types: [CRC32, CRC32C, CRC64NVME, SHA1, SHA256]')
  if (named[0] !== undefined) {
    const value = input[`Checksum${named[0]}`] as string
    if (!isValue(named[0], value)) throw invalidRequest(`Value for x-amz-checksum-${named[0].toLowerCase()} header is invalid.`)
    return { algorithm: named[0], value }
  }
  return trailing ? { algorithm: trailing } : undefined
}

function isValue(algorithm: Algorithm, value: string): boolean {
  return Buffer.from(value, 'base64').length === BYTES[algorithm] && /^[A-Za-z0-9+/]+={0,2}$/.test(value)
}

/** @throws AwsError BadDigest where the two differ */
export function checkChecksum(algorithm: Algorithm, claimed: string, computed: string): void {
  if (claimed !== computed) throw new AwsError('BadDigest', `The ${algorithm} you specified did not match the calculated checksum.`, 400)
}

/** The members of an answer that tell a checksum. */
export function shownChecksum(checksum: Checksums | undefined): Record<string, string> {
  return checksum ? { [`Checksum${checksum.algorithm}`]: checksum.value, ChecksumType: checksum.type } : {}
}

/** Checksum of the checksums of parts, base64, with `-N` behind. */
export async function compositeChecksum(algorithm: Algorithm, values: string[]): Promise<string> {
  const whole = checksumOf(algorithm)
  for (const value of values) whole.update(Buffer.from(value, 'base64'))
  return `${(await whole.digest()).toString('base64')}-${values.length}`
}
