import type { Grant } from '@aws-sdk/client-s3'
import { collection } from '../../store'

/** A bucket and how it is set. */
export interface Bucket {
  name: string
  /** Names its objects, so that a bucket made anew under an old name begins empty. */
  id: string
  account: string
  region: string
  /** Epoch ms. */
  createdAt: number
  versioning?: 'Enabled' | 'Suspended'
  ownership: 'BucketOwnerEnforced' | 'BucketOwnerPreferred' | 'ObjectWriter'
  publicAccess?: PublicAccess
  /** The bucket policy as it was put. */
  policy?: string
  tags?: Record<string, string>
  grants?: Grant[]
  /** What is kept and given back as it was put, by the name of its member: CORSConfiguration, LifecycleConfiguration … */
  settings: Record<string, unknown>
}

export interface PublicAccess {
  BlockPublicAcls: boolean
  IgnorePublicAcls: boolean
  BlockPublicPolicy: boolean
  RestrictPublicBuckets: boolean
}

/** Names of buckets are one space over all accounts. Scope: `all`; key: the name. */
export const buckets = collection<Bucket>('s3/buckets')

/** Bytes that lie in the store (`isSmall`) or in a file of that name. */
export interface Segment {
  id: string
  size: number
  isSmall?: boolean
}

/** Checksums as S3 tells them, in base64; `-N` behind that of a multipart object that is a checksum of checksums. */
export interface Checksums {
  algorithm: string
  value: string
  type: 'FULL_OBJECT' | 'COMPOSITE'
}

/** What the sender says of an object beside its bytes. */
export interface Described {
  contentType: string
  cacheControl?: string
  contentDisposition?: string
  contentEncoding?: string
  contentLanguage?: string
  expires?: string
  websiteRedirect?: string
  metadata: Record<string, string>
  storageClass: string
  encryption: { algorithm: string; keyId?: string; bucketKey?: boolean }
  tags: Record<string, string>
  grants?: Grant[]
}

/** One version of an object, or a delete marker. */
export interface Version {
  key: string
  /** `null` where versioning was not on when it came. */
  versionId: string
  /** Sixteen hex digits, growing with each version of a key. */
  sequence: string
  /** Epoch ms. */
  modifiedAt: number
  isDeleteMarker?: boolean
  /** The account that wrote it, where it is not the bucket's. */
  owner?: string
  size: number
  /** Without quotes. */
  etag: string
  segments: Segment[]
  checksum?: Checksums
  /** Sizes and checksums of the parts of a multipart object. */
  parts?: { number: number; size: number; checksum?: string }[]
  described: Described
}

/** The current version of each key. Scope: the bucket's id; key: {@link rowOf}. */
export const objects = collection<Version>('s3/objects')
/** Versions before it. Scope: the bucket's id; key: {@link versionRow}. */
export const versions = collection<Version>('s3/versions')
/** Bytes of small objects, base64. Scope: the bucket's id; key: the segment's. */
export const smallBytes = collection<string>('s3/bytes')

/** A multipart upload that is under way. */
export interface Upload {
  key: string
  uploadId: string
  /** Epoch ms. */
  initiatedAt: number
  initiator: { id: string; name: string }
  described: Described
  checksumAlgorithm?: string
  checksumType?: 'FULL_OBJECT' | 'COMPOSITE'
  owner?: string
}

/** Scope: the bucket's id; key: {@link versionRow} with the upload's id. */
export const uploads = collection<Upload>('s3/uploads')

/** A part of an upload. */
export interface Part {
  number: number
  /** Epoch ms. */
  modifiedAt: number
  size: number
  /** Hex MD5. */
  etag: string
  segments: Segment[]
  checksum?: { algorithm: string; value: string }
}

/** Scope: `bucket id/upload id`; key: the part's number in five digits. */
export const parts = collection<Part>('s3/parts')

/** A key as the store sorts it: by its UTF-8 bytes, as S3 lists. No row holds a zero, which ends the key in {@link versionRow}. */
export function rowOf(key: string): string {
  return Buffer.from(key).toString('latin1').replace(/[\0\x01]/g, (c) => (c === '\0' ? '\x01\x01' : '\x01\x02'))
}

export function versionRow(key: string, id: string): string {
  return `${rowOf(key)}\0${id}`
}
