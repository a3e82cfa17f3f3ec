import { Readable } from 'node:stream'
import { trailers } from '../../payload'
import type { Call } from '../../operation'
import { AwsError } from '../../errors'
import { checkChecksum, claimedChecksum, type Algorithm } from './checksums'
import { invalidRequest, refuse } from './errors'
import { receive, takeBack, type Received } from './blobs'
import type { Bucket } from './records'

/** What every upload of bytes brings. */
interface Uploaded extends Record<string, any> {
  Body?: unknown
  ContentLength?: number
  ContentMD5?: string
}

/** Bytes that were taken in, with the checksum that the object is to bear. */
export type Taken = Received & { algorithm: Algorithm; checksum: string }

/**
 * Takes in the bytes of an upload and holds them against what their sender said of them.
 * @param byDefault the algorithm where the sender names none
 * @throws AwsError InvalidDigest, BadDigest, and what {@link receive} throws; nothing is left behind then
 */
export async function takeIn(call: Call, bucket: Bucket, input: Uploaded, byDefault: Algorithm = 'CRC64NVME'): Promise<Taken> {
  const body = (input.Body as Readable | undefined) ?? Readable.from([])
  const md5 = input.ContentMD5 === undefined ? undefined : readMd5(input.ContentMD5)
  const claimed = claimedChecksum(input, trailers(body).announced)
  const algorithm = claimed?.algorithm ?? (input.ChecksumAlgorithm as Algorithm | undefined) ?? byDefault
  const received = await receive(call.sandbox, bucket.id, body, algorithm)
  try {
    if (md5 !== undefined && md5 !== received.md5) throw new AwsError('BadDigest', 'The Content-MD5 you specified did not match what we received.', 400, { ExpectedDigest: input.ContentMD5, CalculatedDigest: Buffer.from(received.md5, 'hex').toString('base64') })
    if (claimed) {
      const value = claimed.value ?? trailers(body).values[`x-amz-checksum-${algorithm.toLowerCase()}`]
      if (value === undefined) throw invalidRequest('The checksum that the trailer announces did not come.')
      checkChecksum(algorithm, value, received.checksum!)
    }
  } catch (error) {
    await takeBack(call.sandbox, bucket.id, received.segments)
    throw error
  }
  return { ...received, algorithm, checksum: received.checksum! }
}

/** Writes what was taken in; where that is refused its bytes go again. */
export async function orTakeBack<T>({ sandbox }: Call, bucket: Bucket, { segments }: Pick<Received, 'segments'>, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    await takeBack(sandbox, bucket.id, segments)
    throw error
  }
}

function readMd5(text: string): string {
  const bytes = Buffer.from(text, 'base64')
  if (bytes.length !== 16) throw refuse('InvalidDigest', { 'Content-MD5': text })
  return bytes.toString('hex')
}
