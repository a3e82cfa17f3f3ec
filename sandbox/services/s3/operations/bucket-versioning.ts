import { GetBucketVersioning$, PutBucketVersioning$, type GetBucketVersioningOutput, type GetBucketVersioningRequest, type PutBucketVersioningRequest } from '@aws-sdk/client-s3'
import { AwsError } from '../../../errors'
import { operation } from '../../../operation'
import { bucketOf, changeBucket, lockObjects } from '../buckets'
import { refuse } from '../errors'
import { onBucket } from '../on-bucket'

/** Keeps older versions from now on, or ceases to. */
export const putBucketVersioning = operation<PutBucketVersioningRequest, object>(PutBucketVersioning$, {
  ...onBucket,
  async run(call) {
    const { Status, MFADelete } = call.input.VersioningConfiguration ?? {}
    if (MFADelete === 'Enabled') throw new AwsError('AccessDenied', 'Mfa Authentication must be used for this request', 403)
    if (Status === undefined) throw new AwsError('IllegalVersioningConfigurationException', 'The Versioning element must be specified', 400)
    if (Status !== 'Enabled' && Status !== 'Suspended') throw refuse('MalformedXML')
    // Writes that are under way end by the setting that they began with.
    await lockObjects(call.sandbox, await bucketOf(call), () => changeBucket(call, (bucket) => void (bucket.versioning = Status)))
    return {}
  },
})

export const getBucketVersioning = operation<GetBucketVersioningRequest, GetBucketVersioningOutput>(GetBucketVersioning$, {
  ...onBucket,
  async run(call) {
    return { Status: (await bucketOf(call)).versioning }
  },
})
