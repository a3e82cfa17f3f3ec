import { DeleteBucketWebsite$, GetBucketWebsite$, PutBucketWebsite$, type WebsiteConfiguration } from '@aws-sdk/client-s3'
import { deleteSetting, getSetting, putSetting } from '../bucket-setting'
import { invalidArgument } from '../errors'

const MEMBER = 'WebsiteConfiguration'

/** A bucket's website: kept and given back; the sandbox has no website endpoint. */
export const putBucketWebsite = putSetting(PutBucketWebsite$, MEMBER, 's3:PutBucketWebsite', ({ IndexDocument, RedirectAllRequestsTo }: WebsiteConfiguration) => {
  if (!IndexDocument && !RedirectAllRequestsTo) throw invalidArgument('A value for IndexDocument Suffix must be provided if RedirectAllRequestsTo is empty', 'IndexDocument')
  const suffix = IndexDocument?.Suffix
  if (suffix !== undefined && (suffix === '' || suffix.includes('/'))) throw invalidArgument('The IndexDocument Suffix is not well formed', 'IndexDocument')
})

export const getBucketWebsite = getSetting(GetBucketWebsite$, MEMBER, 's3:GetBucketWebsite', 'NoSuchWebsiteConfiguration')

export const deleteBucketWebsite = deleteSetting(DeleteBucketWebsite$, MEMBER, 's3:DeleteBucketWebsite')
