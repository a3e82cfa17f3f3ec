import { UploadPart$, type UploadPartOutput, type UploadPartRequest } from '@aws-sdk/client-s3'
import { AwsError } from '../../../errors'
import { operation } from '../../../operation'
import { bucketOf } from '../buckets'
import type { Algorithm } from '../checksums'
import { quoted, shownEncryption } from '../described'
import { orTakeBack, takeIn } from '../new-object'
import { onObject } from '../on-object'
import { checkPartNumber, putPart } from '../put-part'
import { requireUpload } from '../uploads'

/** Takes a part of an upload. */
export const uploadPart = operation<UploadPartRequest, UploadPartOutput>(UploadPart$, {
  ...onObject,
  action: 's3:PutObject',
  async run(call) {
    const { input, sandbox } = call
    checkPartNumber(input.PartNumber!)
    const bucket = await bucketOf(call)
    const upload = await requireUpload(sandbox, bucket, input.Key!, input.UploadId!)
    const expected = upload.checksumAlgorithm as Algorithm | undefined
    const taken = await takeIn(call, bucket, input, expected)
    return orTakeBack(call, bucket, taken, async () => {
      if (expected !== undefined && taken.algorithm !== expected) {
        throw new AwsError('InvalidRequest', `Checksum Type mismatch occurred, expected checksum Type: ${expected.toLowerCase()}, actual checksum Type: ${taken.algorithm.toLowerCase()}`, 400)
      }
      const { md5: etag, size, segments, checksum, algorithm, writes } = taken
      await putPart(call, bucket, { number: input.PartNumber!, size, etag, segments, checksum: { algorithm, value: checksum } }, writes)
      return { ETag: quoted(etag), [`Checksum${algorithm}`]: checksum, ...(shownEncryption(upload.described) as object) }
    })
  },
})
