import type { PutObjectOutput } from '@aws-sdk/client-s3'
import type { Call } from '../../operation'
import { shownChecksum } from './checksums'
import { writeCheck } from './conditions'
import { quoted, readDescribed, shownEncryption, shownVersionId } from './described'
import { takeIn, orTakeBack } from './new-object'
import { notify } from './notify'
import { putVersion } from './objects'
import type { Bucket, Checksums } from './records'
import { authorOf } from './on-object'

/** Takes in the bytes of a call and makes an object of them. @param how as events name it */
export async function writeObject(call: Call, bucket: Bucket, input: Record<string, any>, how: 'Put' | 'Post'): Promise<PutObjectOutput> {
  const { sandbox } = call
  const key = input.Key as string
  const described = readDescribed(bucket, { ...call, input })
  const check = writeCheck(input, key)
  const taken = await takeIn(call, bucket, input)
  const { size, segments, md5: etag, writes } = taken
  const checksum: Checksums = { algorithm: taken.algorithm, value: taken.checksum, type: 'FULL_OBJECT' }
  const version = await orTakeBack(call, bucket, taken, () => putVersion(sandbox, bucket, { key, size, etag, segments, checksum, described, ...authorOf(call, bucket) }, { check, writes, along: (current, made) => notify(call, current, made, `ObjectCreated:${how}`) }))
  return { ETag: quoted(etag), VersionId: shownVersionId(bucket, version), ...shownChecksum(checksum), ...shownEncryption(described) } as PutObjectOutput
}
