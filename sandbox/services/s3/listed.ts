import type { _Object, ObjectVersion } from '@aws-sdk/client-s3'
import { ownerOf } from './acl'
import { quoted } from './described'
import type { Bucket, Version } from './records'

/** An object as listings tell it. */
export function listed(bucket: Bucket, version: Version, encode: (text: string) => string, withOwner: boolean): _Object & ObjectVersion {
  return {
    Key: encode(version.key),
    LastModified: new Date(version.modifiedAt),
    ETag: quoted(version.etag),
    ...(version.checksum ? { ChecksumAlgorithm: [version.checksum.algorithm as never], ChecksumType: version.checksum.type } : {}),
    Size: version.size,
    StorageClass: version.described.storageClass as never,
    ...(withOwner ? { Owner: ownerOf(version.owner ?? bucket.account) } : {}),
  }
}
