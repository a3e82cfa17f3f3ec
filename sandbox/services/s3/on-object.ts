import type { Call, Operation } from '../../operation'
import { AccessDenied } from '../../authorize'
import { resourcePolicyOf } from './bucket-policy'
import { bucketOf } from './buckets'
import { refuse } from './errors'
import { bucketArn, objectArn } from './names'
import { findVersion } from './objects'
import { authorizeIn, text } from './on-bucket'
import type { Bucket, Version } from './records'
import { parseTagging } from './tags'

const looked = new WeakMap<Call, Promise<Version | undefined>>()

/** The version that a call names, or the current one, as it was when it was first asked for in this call; a delete marker too. */
export function versionOf(call: Call): Promise<Version | undefined> {
  let found = looked.get(call)
  if (!found) looked.set(call, (found = bucketOf(call).then((bucket) => findVersion(call.sandbox, bucket, call.input.Key, call.input.VersionId))))
  return found
}

/** What IAM decides on for the operations on one object. */
export const onObject: Pick<Operation, 'resource' | 'context' | 'resourcePolicy' | 'owner'> = {
  resource: async (call) => objectArn((await bucketOf(call)).name, call.input.Key),
  context: async (call) => ({ ...existingTags(await versionOf(call)), ...text('s3:versionid', call.input.VersionId) }),
  resourcePolicy: async (call) => resourcePolicyOf(await bucketOf(call), call.principal, await versionOf(call)),
  owner: async (call) => (await bucketOf(call)).account,
}

/** The same for those that write one: what they bring is known to conditions. */
export const onNewObject: typeof onObject = {
  ...onObject,
  context: async (call) => ({ ...existingTags(await versionOf(call)), ...broughtContext(call.input) }),
}

/** The action of a read: another one where a version is named. */
export function readAction(current: string, version: string): (call: Call) => string {
  return ({ input }) => (input.VersionId === undefined ? current : version)
}

/** Tags and ACLs that come with an object need permissions of their own. @throws AccessDenied */
export async function authorizeWrite(call: Call): Promise<void> {
  const { input } = call
  const resource = objectArn(input.Bucket, input.Key)
  if (input.Tagging) await authorizeIn(call, 's3:PutObjectTagging', resource, broughtContext(input))
  const hasAcl = [input.ACL, input.GrantFullControl, input.GrantRead, input.GrantReadACP, input.GrantWriteACP].some((value) => value !== undefined)
  if (hasAcl) await authorizeIn(call, 's3:PutObjectAcl', resource, broughtContext(input))
}

/** Whose an object is, where it is not the bucket owner's. */
export function authorOf({ principal }: Call, bucket: Bucket): { owner?: string } {
  const isOther = principal.account !== '' && principal.account !== bucket.account && bucket.ownership !== 'BucketOwnerEnforced'
  return isOther ? { owner: principal.account } : {}
}

/** Condition keys of what a call brings with it. */
export function broughtContext(input: Record<string, any>): Record<string, string | string[]> {
  const tags = parseTagging(input.Tagging)
  return {
    ...text('s3:x-amz-acl', input.ACL),
    ...text('s3:x-amz-grant-read', input.GrantRead),
    ...text('s3:x-amz-grant-full-control', input.GrantFullControl),
    ...text('s3:x-amz-server-side-encryption', input.ServerSideEncryption),
    ...text('s3:x-amz-server-side-encryption-aws-kms-key-id', input.SSEKMSKeyId),
    ...text('s3:x-amz-storage-class', input.StorageClass),
    ...text('s3:x-amz-copy-source', input.CopySource),
    ...text('s3:x-amz-metadata-directive', input.MetadataDirective),
    ...text('s3:x-amz-website-redirect-location', input.WebsiteRedirectLocation),
    ...(tags ? { 's3:RequestObjectTagKeys': Object.keys(tags), ...Object.fromEntries(Object.entries(tags).map(([key, value]) => [`s3:RequestObjectTag/${key}`, value])) } : {}),
  }
}

/** `s3:ExistingObjectTag/…` of a version. */
export function existingTags(version: Version | undefined): Record<string, string> {
  return Object.fromEntries(Object.entries(version?.described.tags ?? {}).map(([key, value]) => [`s3:ExistingObjectTag/${key}`, value]))
}

/**
 * The version that a call reads.
 * @throws AwsError NoSuchKey, NoSuchVersion, MethodNotAllowed for a delete marker that was named; AccessDenied in place of NoSuchKey where the caller may not list
 */
export async function requireVersion(call: Call): Promise<Version> {
  const version = await versionOf(call)
  const { Bucket, Key, VersionId } = call.input
  if (version && !version.isDeleteMarker) return version
  if (VersionId !== undefined && version) {
    throw refuse('MethodNotAllowed', { Method: 'GET', ResourceType: 'DeleteMarker' }, { 'x-amz-delete-marker': 'true', 'x-amz-version-id': version.versionId, allow: 'DELETE', 'last-modified': new Date(version.modifiedAt).toUTCString() })
  }
  await mayList(call, bucketArn(Bucket))
  if (VersionId !== undefined) throw refuse('NoSuchVersion', { Key, VersionId })
  throw refuse('NoSuchKey', { Key }, version ? { 'x-amz-delete-marker': 'true', 'x-amz-version-id': version.versionId } : {})
}

/** Who may not list a bucket is not told what is not in it (S3 API reference, GetObject, "Permissions"). */
async function mayList(call: Call, bucket: string): Promise<void> {
  try {
    await authorizeIn(call, 's3:ListBucket', bucket)
  } catch (error) {
    throw error instanceof AccessDenied ? refuse('AccessDenied') : error
  }
}
