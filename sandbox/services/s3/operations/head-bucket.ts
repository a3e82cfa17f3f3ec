import { HeadBucket$, type HeadBucketOutput, type HeadBucketRequest } from '@aws-sdk/client-s3'
import { operation } from '../../../operation'
import { bucketOf } from '../buckets'
import { bucketArn } from '../names'
import { onBucket } from '../on-bucket'

/** Whether a bucket is there and the caller may look into it. */
export const headBucket = operation<HeadBucketRequest, HeadBucketOutput>(HeadBucket$, {
  ...onBucket,
  action: 's3:ListBucket',
  readOnly: true,
  async run(call) {
    const { name, region } = await bucketOf(call)
    return { BucketArn: bucketArn(name), BucketRegion: region, AccessPointAlias: false }
  },
})
