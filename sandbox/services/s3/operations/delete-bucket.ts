import { DeleteBucket$, type DeleteBucketRequest } from '@aws-sdk/client-s3'
import { ALL } from '../../../credentials'
import { operation } from '../../../operation'
import { bucketOf, lockBuckets, lockObjects } from '../buckets'
import { refuse } from '../errors'
import { onBucket } from '../on-bucket'
import { buckets, objects, parts, smallBytes, uploads } from '../records'
import { discardFiles } from '../blobs'

/** Deletes a bucket that holds nothing, no version and no delete marker either; uploads that were under way end with it. */
export const deleteBucket = operation<DeleteBucketRequest, object>(DeleteBucket$, {
  ...onBucket,
  async run(call) {
    const { sandbox } = call
    const bucket = await bucketOf(call)
    await lockBuckets(sandbox, () =>
      lockObjects(sandbox, bucket, async ({ id, name }) => {
        if ((await sandbox.store.list(objects, id, { limit: 1 })).length > 0) throw refuse('BucketNotEmpty', { BucketName: name })
        await sandbox.store.delete(buckets, ALL, name)
        for (const { value } of await sandbox.store.list(uploads, id)) {
          const scope = `${id}/${value.uploadId}`
          for (const part of await sandbox.store.list(parts, scope)) discardFiles(sandbox, id, part.value.segments)
          await sandbox.store.clear(parts, scope)
        }
        await sandbox.store.clear(uploads, id)
        await sandbox.store.clear(smallBytes, id)
      }),
    )
    return {}
  },
})
