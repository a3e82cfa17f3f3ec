import { AbortMultipartUpload$, type AbortMultipartUploadRequest } from '@aws-sdk/client-s3'
import { operation } from '../../../operation'
import { discardFiles } from '../blobs'
import { bucketOf } from '../buckets'
import { onObject } from '../on-object'
import { endUpload, lockUpload, partsOf } from '../uploads'

/** Ends an upload; its parts are gone. */
export const abortMultipartUpload = operation<AbortMultipartUploadRequest, object>(AbortMultipartUpload$, {
  ...onObject,
  async run(call) {
    const { input, sandbox } = call
    const bucket = await bucketOf(call)
    await lockUpload(sandbox, bucket, input.Key!, input.UploadId!, async (upload) => {
      const { writes, gone } = endUpload(bucket, upload, await partsOf(sandbox, bucket, upload.uploadId), new Set())
      await sandbox.store.batch(writes)
      discardFiles(sandbox, bucket.id, gone)
    })
    return {}
  },
})
