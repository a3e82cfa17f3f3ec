import { DeletePublicAccessBlock$, GetPublicAccessBlock$, PutPublicAccessBlock$, type DeletePublicAccessBlockRequest, type GetPublicAccessBlockOutput, type GetPublicAccessBlockRequest, type PutPublicAccessBlockRequest } from '@aws-sdk/client-s3'
import { operation } from '../../../operation'
import { bucketOf, changeBucket } from '../buckets'
import { refuse } from '../errors'
import { onBucket } from '../on-bucket'

/** Sets what of public access a bucket never lets through. */
export const putPublicAccessBlock = operation<PutPublicAccessBlockRequest, object>(PutPublicAccessBlock$, {
  ...onBucket,
  action: 's3:PutBucketPublicAccessBlock',
  async run(call) {
    const given = call.input.PublicAccessBlockConfiguration
    if (!given) throw refuse('MalformedXML')
    const { BlockPublicAcls = false, IgnorePublicAcls = false, BlockPublicPolicy = false, RestrictPublicBuckets = false } = given
    await changeBucket(call, (bucket) => void (bucket.publicAccess = { BlockPublicAcls, IgnorePublicAcls, BlockPublicPolicy, RestrictPublicBuckets }))
    return {}
  },
})

export const getPublicAccessBlock = operation<GetPublicAccessBlockRequest, GetPublicAccessBlockOutput>(GetPublicAccessBlock$, {
  ...onBucket,
  action: 's3:GetBucketPublicAccessBlock',
  async run(call) {
    const { publicAccess, name } = await bucketOf(call)
    if (!publicAccess) throw refuse('NoSuchPublicAccessBlockConfiguration', { BucketName: name })
    return { PublicAccessBlockConfiguration: publicAccess }
  },
})

export const deletePublicAccessBlock = operation<DeletePublicAccessBlockRequest, object>(DeletePublicAccessBlock$, {
  ...onBucket,
  action: 's3:PutBucketPublicAccessBlock',
  async run(call) {
    await changeBucket(call, (bucket) => void delete bucket.publicAccess)
    return {}
  },
})
