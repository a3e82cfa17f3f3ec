import { randomUUID } from 'node:crypto'
import { DeleteBucketLifecycle$, GetBucketLifecycleConfiguration$, PutBucketLifecycleConfiguration$, type BucketLifecycleConfiguration } from '@aws-sdk/client-s3'
import { deleteSetting, getSetting, putSetting } from '../bucket-setting'
import { invalidArgument, invalidRequest, refuse } from '../errors'

const MEMBER = 'LifecycleConfiguration'
const SIZE = 'all_storage_classes_128K'

/** Rules of a bucket's lifecycle: kept and given back, not carried out. */
export const putBucketLifecycleConfiguration = putSetting(PutBucketLifecycleConfiguration$, MEMBER, 's3:PutLifecycleConfiguration', ({ Rules }: BucketLifecycleConfiguration) => {
  if (!Rules || Rules.length === 0 || Rules.length > 1000) throw refuse('MalformedXML')
  for (const rule of Rules) {
    rule.ID ??= randomUUID()
    if (rule.ID.length > 255) throw invalidArgument('ID length should not exceed allowed limit of 255')
    if (!rule.Expiration && !rule.Transitions && !rule.NoncurrentVersionExpiration && !rule.NoncurrentVersionTransitions && !rule.AbortIncompleteMultipartUpload) {
      throw invalidRequest('At least one action needs to be specified in a rule')
    }
    const { Days, Date: on, ExpiredObjectDeleteMarker } = rule.Expiration ?? {}
    if ([Days, on, ExpiredObjectDeleteMarker].filter((value) => value !== undefined).length > 1) throw refuse('MalformedXML')
    if (Days !== undefined && Days < 1) throw invalidArgument("'Days' for Expiration action must be a positive integer")
  }
  const ids = Rules.map(({ ID }) => ID)
  if (new Set(ids).size < ids.length) throw invalidArgument('Rule ID must be unique. Found same ID for more than one rule')
})

export const getBucketLifecycleConfiguration = getSetting(GetBucketLifecycleConfiguration$, MEMBER, 's3:GetLifecycleConfiguration', 'NoSuchLifecycleConfiguration', (setting) => ({ ...setting, TransitionDefaultMinimumObjectSize: SIZE }))

export const deleteBucketLifecycle = deleteSetting(DeleteBucketLifecycle$, MEMBER, 's3:PutLifecycleConfiguration')
