import { DeleteBucketTagging$, GetBucketTagging$, PutBucketTagging$, type DeleteBucketTaggingRequest, type GetBucketTaggingOutput, type GetBucketTaggingRequest, type PutBucketTaggingRequest } from '@aws-sdk/client-s3'
import { operation } from '../../../operation'
import { tagContext } from '../../tag-context'
import { bucketOf, changeBucket } from '../buckets'
import { refuse } from '../errors'
import { onBucket } from '../on-bucket'
import { checkTags, tagSet } from '../tags'

const MOST = 50

/** Puts these tags in the place of all that a bucket had. */
export const putBucketTagging = operation<PutBucketTaggingRequest, object>(PutBucketTagging$, {
  ...onBucket,
  context: ({ input }) => tagContext(Object.fromEntries((input.Tagging?.TagSet ?? []).map(({ Key, Value }) => [Key!, Value!]))),
  async run(call) {
    const given = call.input.Tagging?.TagSet
    if (!given) throw refuse('MalformedXML')
    const tags = checkTags(given, MOST)
    await changeBucket(call, (bucket) => void (bucket.tags = tags))
    return {}
  },
})

export const getBucketTagging = operation<GetBucketTaggingRequest, GetBucketTaggingOutput>(GetBucketTagging$, {
  ...onBucket,
  async run(call) {
    const { tags, name } = await bucketOf(call)
    if (!tags) throw refuse('NoSuchTagSet', { BucketName: name })
    return { TagSet: tagSet(tags) }
  },
})

export const deleteBucketTagging = operation<DeleteBucketTaggingRequest, object>(DeleteBucketTagging$, {
  ...onBucket,
  action: 's3:PutBucketTagging',
  async run(call) {
    await changeBucket(call, (bucket) => void delete bucket.tags)
    return {}
  },
})
