import { createHash } from 'node:crypto'
import { AwsError } from '../../errors'
import type { WireRequest } from '../../protocol/index'
import { ALGORITHMS, checkChecksum, checksumOf, claimedChecksum } from './checksums'
import { refuse } from './errors'

/** Holds an XML body against its `Content-MD5` and `x-amz-checksum-…` headers. @throws AwsError InvalidDigest, BadDigest */
export async function checkBody({ headers, body, stream }: WireRequest): Promise<void> {
  if (stream || body.length === 0) return
  const md5 = headers['content-md5']
  if (md5 !== undefined) {
    if (Buffer.from(md5, 'base64').length !== 16) throw refuse('InvalidDigest', { 'Content-MD5': md5 })
    if (createHash('md5').update(body).digest('base64') !== md5) throw new AwsError('BadDigest', 'The Content-MD5 you specified did not match what we received.', 400)
  }
  const claimed = claimedChecksum(Object.fromEntries(ALGORITHMS.map((algorithm) => [`Checksum${algorithm}`, headers[`x-amz-checksum-${algorithm.toLowerCase()}`]])))
  if (claimed?.value === undefined) return
  const checksum = checksumOf(claimed.algorithm)
  checksum.update(body)
  checkChecksum(claimed.algorithm, claimed.value, (await checksum.digest()).toString('base64'))
}
