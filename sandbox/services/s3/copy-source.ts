import type { Call } from '../../operation'
import { checkSource } from './conditions'
import { resourcePolicyOf } from './bucket-policy'
import { requireBucket } from './buckets'
import { invalidArgument, refuse } from './errors'
import { objectArn } from './names'
import { findVersion } from './objects'
import { existingTags } from './on-object'
import type { Bucket, Version } from './records'

/**
 * Finds what a copy is made from, as the caller may read it, and holds it against the conditions of the call.
 * @throws AwsError InvalidArgument, NoSuchBucket, NoSuchKey, NoSuchVersion, PreconditionFailed; AccessDenied
 */
export async function copySource(call: Call): Promise<{ bucket: Bucket; version: Version }> {
  const { input, sandbox, principal } = call
  const { bucket: name, key, versionId } = parseCopySource(input.CopySource)
  const bucket = await requireBucket(sandbox, name)
  if (input.ExpectedSourceBucketOwner !== undefined && input.ExpectedSourceBucketOwner !== bucket.account) throw refuse('AccessDenied')
  const version = await findVersion(sandbox, bucket, key, versionId)
  const context = existingTags(version)
  await call.authorize(versionId === undefined ? 's3:GetObject' : 's3:GetObjectVersion', objectArn(name, key), context, resourcePolicyOf(bucket, principal, version), bucket.account)
  if (!version || version.isDeleteMarker) {
    if (version && versionId !== undefined) throw refuse('MethodNotAllowed', { ResourceType: 'DeleteMarker' })
    throw versionId === undefined ? refuse('NoSuchKey', { Key: key }) : refuse('NoSuchVersion', { Key: key, VersionId: versionId })
  }
  checkSource(version, { IfMatch: input.CopySourceIfMatch, IfNoneMatch: input.CopySourceIfNoneMatch, IfModifiedSince: input.CopySourceIfModifiedSince, IfUnmodifiedSince: input.CopySourceIfUnmodifiedSince })
  return { bucket, version }
}

/** Reads `/bucket/key?versionId=…`, percent-encoded. @throws AwsError InvalidArgument */
function parseCopySource(text: string): { bucket: string; key: string; versionId?: string } {
  const [path = '', query = ''] = text.split('?')
  const versionId = new URLSearchParams(query).get('versionId') ?? undefined
  try {
    const [, bucket, key] = /^\/?([^/]+)\/(.+)$/s.exec(decodeURIComponent(path)) ?? []
    if (bucket && key) return { bucket, key, ...(versionId === undefined ? {} : { versionId }) }
  } catch {
    // Told below.
  }
  throw invalidArgument('Invalid copy source object key', 'x-amz-copy-source', text)
}
