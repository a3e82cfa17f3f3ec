import type { Algorithm } from './checksums'

/** Polynomials of the checksums, lowest power first, with their width in bits. */
const POLYNOMIALS: Partial<Record<Algorithm, [bigint, bigint]>> = {
  CRC32: [0xedb88320n, 32n],
  CRC32C: [0x82f63b78n, 32n],
  CRC64NVME: [0x9a6c9329ac4bc9b5n, 64n],
}

/** Whether the checksum of a whole can be told from those of its parts. */
export function isCombinable(algorithm: Algorithm): boolean {
  return POLYNOMIALS[algorithm] !== undefined
}

/**
 * The checksum of bytes that follow one another, from the checksum of each part: the first is moved on by as many zeros as
 * the second is long, and the two are added (as zlib's crc32_combine does).
 * @param parts checksums in base64, sizes in bytes
 */
export function combineCrcs(algorithm: Algorithm, parts: { checksum: string; size: number }[]): string {
  const [polynomial, width] = POLYNOMIALS[algorithm]!
  const multiply = (a: bigint, b: bigint): bigint => {
    let product = 0n
    for (let bit = 1n << (width - 1n); a !== 0n; bit >>= 1n) {
      if (a & bit) {
        product ^= b
        a ^= bit
      }
      b = b & 1n ? (b >> 1n) ^ polynomial : b >> 1n
    }
    return product
  }
  /** x to the power of 2^n, by n. */
  const powers = [1n << (width - 2n)]
  const xToThe = (exponent: bigint): bigint => {
    let result = 1n << (width - 1n)
    for (let n = 0; exponent > 0n; n++, exponent >>= 1n) {
      powers[n] ??= multiply(powers[n - 1]!, powers[n - 1]!)
      if (exponent & 1n) result = multiply(powers[n]!, result)
    }
    return result
  }
  let whole = 0n
  for (const { checksum, size } of parts) {
    const value = BigInt(`0x${Buffer.from(checksum, 'base64').toString('hex')}`)
    whole = multiply(xToThe(BigInt(size) * 8n), whole) ^ value
  }
  return Buffer.from(whole.toString(16).padStart(Number(width) / 4, '0'), 'hex').toString('base64')
}
