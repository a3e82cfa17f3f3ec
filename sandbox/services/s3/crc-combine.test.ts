import { randomBytes } from 'node:crypto'
import { expect, it } from 'vitest'
import { checksumOf, type Algorithm } from './checksums'
import { combineCrcs } from './crc-combine'

it.each<Algorithm>(['CRC32', 'CRC32C', 'CRC64NVME'])('%s of a whole is told from its parts', async (algorithm) => {
  const of = async (data: Buffer) => {
    const checksum = checksumOf(algorithm)
    checksum.update(data)
    return (await checksum.digest()).toString('base64')
  }
  const data = randomBytes(10_000)
  const cut = [0, 1, 700, 700, 9_999, 10_000]
  const parts = await Promise.all(cut.slice(1).map(async (end, i) => ({ checksum: await of(data.subarray(cut[i], end)), size: end - cut[i]! })))
  expect(combineCrcs(algorithm, parts)).toBe(await of(data))
})
