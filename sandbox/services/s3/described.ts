import type { Call } from '../../operation'
import { AwsError } from '../../errors'
import { readAcl } from './acl'
import { shownChecksum } from './checksums'
import { invalidArgument, refuse } from './errors'
import type { Bucket, Described, Version } from './records'
import { parseTagging, tagSet } from './tags'

const LARGEST_METADATA = 2048
const STORAGE_CLASSES = ['STANDARD', 'REDUCED_REDUNDANCY', 'STANDARD_IA', 'ONEZONE_IA', 'INTELLIGENT_TIERING', 'GLACIER', 'DEEP_ARCHIVE', 'GLACIER_IR']
const DEFAULT_TYPE = 'binary/octet-stream'

/**
 * Reads what a call says of the object that it writes.
 * @throws AwsError MetadataTooLarge, InvalidStorageClass, InvalidTag and what {@link readAcl} throws
 */
export function readDescribed(bucket: Bucket, { input, principal }: Pick<Call<Record<string, any>>, 'input' | 'principal'>): Described {
  const metadata = (input.Metadata ?? {}) as Record<string, string>
  const size = Object.entries(metadata).reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + Buffer.byteLength(value), 0)
  if (size > LARGEST_METADATA) throw refuse('MetadataTooLarge', { Size: size, MaxSizeAllowed: LARGEST_METADATA })
  if (input.StorageClass !== undefined && !STORAGE_CLASSES.includes(input.StorageClass)) throw refuse('InvalidStorageClass', { StorageClassRequested: input.StorageClass })
  if (input.SSECustomerAlgorithm !== undefined) throw new AwsError('NotImplemented', 'Keys of the customer (SSE-C) are not implemented in this sandbox.', 501)
  if (input.ObjectLockMode !== undefined || input.ObjectLockLegalHoldStatus !== undefined) throw new AwsError('InvalidRequest', 'Bucket is missing Object Lock Configuration', 400)
  const grants = readAcl(bucket, input, principal.account || bucket.account)
  const given = (name: keyof Described, value: string | undefined) => (value === undefined || value === '' ? {} : { [name]: value })
  return {
    contentType: input.ContentType || DEFAULT_TYPE,
    ...given('cacheControl', input.CacheControl),
    ...given('contentDisposition', input.ContentDisposition),
    ...given('contentEncoding', withoutChunked(input.ContentEncoding)),
    ...given('contentLanguage', input.ContentLanguage),
    ...given('expires', (input.Expires as Date | undefined)?.toUTCString()),
    ...given('websiteRedirect', input.WebsiteRedirectLocation),
    metadata,
    storageClass: input.StorageClass ?? 'STANDARD',
    encryption: readEncryption(bucket, input),
    tags: parseTagging(input.Tagging) ?? {},
    ...(grants ? { grants } : {}),
  }
}

/** How the body travelled is no encoding of the object. */
function withoutChunked(encoding: string | undefined): string | undefined {
  return encoding?.split(',').map((part) => part.trim()).filter((part) => part !== 'aws-chunked').join(',')
}

function readEncryption(bucket: Bucket, input: Record<string, any>): Described['encryption'] {
  const rule = (bucket.settings.ServerSideEncryptionConfiguration as { Rules?: { ApplyServerSideEncryptionByDefault?: { SSEAlgorithm?: string; KMSMasterKeyID?: string }; BucketKeyEnabled?: boolean }[] } | undefined)?.Rules?.[0]
  const byDefault = rule?.ApplyServerSideEncryptionByDefault
  const algorithm = (input.ServerSideEncryption as string | undefined) ?? byDefault?.SSEAlgorithm ?? 'AES256'
  if (!['AES256', 'aws:kms', 'aws:kms:dsse'].includes(algorithm)) throw invalidArgument('The encryption method specified is not supported', 'x-amz-server-side-encryption', algorithm)
  const keyId = (input.SSEKMSKeyId as string | undefined) ?? (algorithm === byDefault?.SSEAlgorithm ? byDefault.KMSMasterKeyID : undefined)
  if (algorithm === 'AES256') {
    if (input.SSEKMSKeyId !== undefined) throw invalidArgument('Server Side Encryption with AWS KMS managed key requires HTTP header x-amz-server-side-encryption : aws:kms', 'x-amz-server-side-encryption')
    return { algorithm }
  }
  const bucketKey = (input.BucketKeyEnabled as boolean | undefined) ?? rule?.BucketKeyEnabled
  return { algorithm, ...(keyId === undefined ? {} : { keyId }), ...(bucketKey === undefined ? {} : { bucketKey }) }
}

/** The members of every answer that tell how an object is encrypted. */
export function shownEncryption({ encryption }: Described): Record<string, unknown> {
  return { ServerSideEncryption: encryption.algorithm, SSEKMSKeyId: encryption.keyId, BucketKeyEnabled: encryption.bucketKey }
}

/** The id of a version as answers tell it: none where the bucket never kept versions. */
export function shownVersionId(bucket: Bucket, { versionId }: Pick<Version, 'versionId'>): string | undefined {
  return bucket.versioning === undefined ? undefined : versionId
}

export function quoted(etag: string): string {
  return `"${etag}"`
}

/** The headers of GetObject and HeadObject that tell of a version. */
export function shownVersion(bucket: Bucket, version: Version, withChecksum: boolean): Record<string, unknown> {
  const { described } = version
  const tags = tagSet(described.tags).length
  return {
    AcceptRanges: 'bytes',
    LastModified: new Date(version.modifiedAt),
    ETag: quoted(version.etag),
    VersionId: shownVersionId(bucket, version),
    ContentType: described.contentType,
    CacheControl: described.cacheControl,
    ContentDisposition: described.contentDisposition,
    ContentEncoding: described.contentEncoding,
    ContentLanguage: described.contentLanguage,
    Expires: described.expires,
    WebsiteRedirectLocation: described.websiteRedirect,
    Metadata: described.metadata,
    StorageClass: described.storageClass === 'STANDARD' ? undefined : described.storageClass,
    TagCount: tags > 0 ? tags : undefined,
    ...shownEncryption(described),
    ...(withChecksum ? shownChecksum(version.checksum) : {}),
  }
}
