import { GetBucketLocation$, type GetBucketLocationOutput, type GetBucketLocationRequest } from '@aws-sdk/client-s3'
import { operation } from '../../../operation'
import { bucketOf } from '../buckets'
import { onBucket } from '../on-bucket'

/** A bucket's region; of us-east-1 it is empty. */
export const getBucketLocation = operation<GetBucketLocationRequest, GetBucketLocationOutput>(GetBucketLocation$, {
  ...onBucket,
  async run(call) {
    const { region } = await bucketOf(call)
    return { LocationConstraint: region === 'us-east-1' ? undefined : (region as never) }
  },
})
