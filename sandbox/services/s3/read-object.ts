import type { Sandbox } from '../../sandbox'
import { openBytes } from './blobs'
import { requireBucket } from './buckets'
import { refuse } from './errors'
import { findVersion } from './objects'

/** An object as services within the sandbox name it. */
export interface ObjectName {
  bucket: string
  key: string
  versionId?: string
}

/**
 * An object's bytes, for a service that may read it: whoever calls this has asked IAM for `s3:GetObject`.
 * @throws AwsError NoSuchBucket, NoSuchKey, NoSuchVersion
 */
export async function readObject(sandbox: Sandbox, { bucket: name, key, versionId }: ObjectName): Promise<Buffer> {
  const bucket = await requireBucket(sandbox, name)
  const version = await findVersion(sandbox, bucket, key, versionId)
  if (!version || version.isDeleteMarker) throw versionId === undefined ? refuse('NoSuchKey', { Key: key }) : refuse('NoSuchVersion', { Key: key, VersionId: versionId })
  const chunks: Buffer[] = []
  for await (const chunk of await openBytes(sandbox, bucket.id, version.segments, 0, version.size)) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}
