import {
  DeleteBucketOwnershipControls$,
  GetBucketOwnershipControls$,
  PutBucketOwnershipControls$,
  type DeleteBucketOwnershipControlsRequest,
  type GetBucketOwnershipControlsOutput,
  type GetBucketOwnershipControlsRequest,
  type PutBucketOwnershipControlsRequest,
} from '@aws-sdk/client-s3'
import { operation } from '../../../operation'
import { bucketOf, changeBucket } from '../buckets'
import { refuse } from '../errors'
import { onBucket } from '../on-bucket'

const MEMBER = 'OwnershipControls'

/** Turns ACLs of a bucket off (BucketOwnerEnforced) or on. */
export const putBucketOwnershipControls = operation<PutBucketOwnershipControlsRequest, object>(PutBucketOwnershipControls$, {
  ...onBucket,
  async run(call) {
    const [rule, ...more] = call.input.OwnershipControls?.Rules ?? []
    if (!rule?.ObjectOwnership || more.length > 0) throw refuse('MalformedXML')
    const ownership = rule.ObjectOwnership
    await changeBucket(call, (bucket) => {
      const isShared = bucket.grants?.some(({ Permission, Grantee }) => Grantee?.Type === 'Group' || Permission !== 'FULL_CONTROL')
      if (ownership === 'BucketOwnerEnforced' && isShared) throw refuse('InvalidBucketAclWithObjectOwnership')
      bucket.ownership = ownership
      delete bucket.settings[MEMBER]
    })
    return {}
  },
})

export const getBucketOwnershipControls = operation<GetBucketOwnershipControlsRequest, GetBucketOwnershipControlsOutput>(GetBucketOwnershipControls$, {
  ...onBucket,
  async run(call) {
    const { ownership, settings, name } = await bucketOf(call)
    if (settings[MEMBER] === 'deleted') throw refuse('OwnershipControlsNotFoundError', { BucketName: name })
    return { OwnershipControls: { Rules: [{ ObjectOwnership: ownership }] } }
  },
})

/** Without controls a bucket is as all were before there were such: ACLs count. */
export const deleteBucketOwnershipControls = operation<DeleteBucketOwnershipControlsRequest, object>(DeleteBucketOwnershipControls$, {
  ...onBucket,
  action: 's3:PutBucketOwnershipControls',
  async run(call) {
    await changeBucket(call, (bucket) => {
      bucket.ownership = 'ObjectWriter'
      bucket.settings[MEMBER] = 'deleted'
    })
    return {}
  },
})
