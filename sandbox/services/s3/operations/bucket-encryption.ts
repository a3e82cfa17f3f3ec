import { DeleteBucketEncryption$, GetBucketEncryption$, PutBucketEncryption$, type ServerSideEncryptionConfiguration } from '@aws-sdk/client-s3'
import { deleteSetting, getSetting, putSetting } from '../bucket-setting'
import { invalidArgument, refuse } from '../errors'

const MEMBER = 'ServerSideEncryptionConfiguration'
/** Every bucket has this since January 2023. */
const DEFAULT = { Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' }, BucketKeyEnabled: false }] }

/** How objects are encrypted that say nothing of it; told with each object, the bytes lie as they are. */
export const putBucketEncryption = putSetting(PutBucketEncryption$, MEMBER, 's3:PutEncryptionConfiguration', ({ Rules }: ServerSideEncryptionConfiguration) => {
  const [rule, ...more] = Rules ?? []
  const byDefault = rule?.ApplyServerSideEncryptionByDefault
  if (!byDefault || more.length > 0) throw refuse('MalformedXML')
  if (byDefault.SSEAlgorithm === 'AES256' && byDefault.KMSMasterKeyID !== undefined) throw invalidArgument('a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms or aws:kms:dsse', 'ApplyServerSideEncryptionByDefault')
})

export const getBucketEncryption = getSetting(GetBucketEncryption$, MEMBER, 's3:GetEncryptionConfiguration', DEFAULT, (setting) => ({ [MEMBER]: setting }))

export const deleteBucketEncryption = deleteSetting(DeleteBucketEncryption$, MEMBER, 's3:PutEncryptionConfiguration')
