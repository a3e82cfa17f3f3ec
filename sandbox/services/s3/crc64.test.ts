import { randomBytes } from 'node:crypto'
import { Crc64Nvme } from '@aws-sdk/checksums/crc'
import { expect, it } from 'vitest'
import { Crc64 } from './crc64'

it('is what the SDK reckons, whole and in pieces', async () => {
  const check = new Crc64()
  check.update(Buffer.from('123456789'))
  // The check value of the catalogue of CRCs.
  expect(check.digest().toString('hex')).toBe('ae8b14860a799888')
  for (const length of [0, 1, 7, 8, 9, 1000, 65_537]) {
    const data = randomBytes(length)
    const theirs = new Crc64Nvme()
    theirs.update(data)
    const ours = new Crc64()
    for (const piece of [data.subarray(0, length >> 1), data.subarray(length >> 1)]) ours.update(piece)
    expect(ours.digest()).toEqual(Buffer.from(await theirs.digest()))
  }
})
