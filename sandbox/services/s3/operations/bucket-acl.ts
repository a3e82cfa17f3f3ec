import { GetBucketAcl$, PutBucketAcl$, type GetBucketAclOutput, type GetBucketAclRequest, type PutBucketAclRequest } from '@aws-sdk/client-s3'
import { operation } from '../../../operation'
import { ownerOf, ownGrants, putGrants } from '../acl'
import { bucketOf, changeBucket } from '../buckets'
import { onBucket } from '../on-bucket'
import { broughtContext } from '../on-object'

/** Sets who has which rights on a bucket by its ACL, where ACLs count. */
export const putBucketAcl = operation<PutBucketAclRequest, object>(PutBucketAcl$, {
  ...onBucket,
  context: ({ input }) => broughtContext({ ACL: input.ACL, GrantRead: input.GrantRead, GrantFullControl: input.GrantFullControl }),
  async run(call) {
    await changeBucket(call, (bucket) => void (bucket.grants = putGrants(bucket, call.input, bucket.account)))
    return {}
  },
})

export const getBucketAcl = operation<GetBucketAclRequest, GetBucketAclOutput>(GetBucketAcl$, {
  ...onBucket,
  async run(call) {
    const { account, grants, ownership } = await bucketOf(call)
    return { Owner: ownerOf(account), Grants: (ownership === 'BucketOwnerEnforced' ? undefined : grants) ?? ownGrants(account) }
  },
})
