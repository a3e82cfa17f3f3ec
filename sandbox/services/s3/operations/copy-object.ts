import { CopyObject$, type CopyObjectOutput, type CopyObjectRequest } from '@aws-sdk/client-s3'
import { operation, type Call } from '../../../operation'
import { duplicate } from '../blobs'
import { resourcePolicyOf } from '../bucket-policy'
import { bucketOf } from '../buckets'
import { shownChecksum } from '../checksums'
import { writeCheck } from '../conditions'
import { copySource } from '../copy-source'
import { quoted, readDescribed, shownEncryption, shownVersionId } from '../described'
import { invalidArgument, invalidRequest } from '../errors'
import { checkKey, objectArn } from '../names'
import { orTakeBack } from '../new-object'
import { notify } from '../notify'
import { putVersion } from '../objects'
import { authorizeIn } from '../on-bucket'
import { authorizeWrite, authorOf, existingTags, onNewObject } from '../on-object'
import type { Bucket, Described, Version } from '../records'

/** Bytes of a copy in one call (S3 API reference, CopyObject). */
const LARGEST = 5 * 1024 ** 3

/** Tags that come along are read there and written here. @throws AccessDenied */
async function authorizeTags(call: Call<CopyObjectRequest>, source: Bucket, version: Version): Promise<void> {
  const tags = version.described.tags ?? {}
  if (Object.keys(tags).length === 0) return
  await call.authorize('s3:GetObjectTagging', objectArn(source.name, version.key), existingTags(version), resourcePolicyOf(source, call.principal, version), source.account)
  await authorizeIn(call, 's3:PutObjectTagging', objectArn(call.input.Bucket!, call.input.Key!), { 's3:RequestObjectTagKeys': Object.keys(tags), ...prefixed(tags) })
}

function prefixed(tags: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(tags).map(([key, value]) => [`s3:RequestObjectTag/${key}`, value]))
}

/** Copies an object, of this bucket or another that the caller may read. */
export const copyObject = operation<CopyObjectRequest, CopyObjectOutput>(CopyObject$, {
  ...onNewObject,
  action: 's3:PutObject',
  async run(call) {
    const { input, sandbox } = call
    checkKey(input.Key!)
    const { MetadataDirective = 'COPY', TaggingDirective = 'COPY' } = input
    if (!['COPY', 'REPLACE'].includes(MetadataDirective)) throw invalidArgument('Unknown metadata directive.', 'x-amz-metadata-directive', MetadataDirective)
    if (!['COPY', 'REPLACE'].includes(TaggingDirective)) throw invalidArgument('Unknown tagging directive.', 'x-amz-tagging-directive', TaggingDirective)
    const target = await bucketOf(call)
    await authorizeWrite(call)
    const { bucket: source, version } = await copySource(call)
    if (TaggingDirective === 'COPY') await authorizeTags(call, source, version)
    if (version.size > LARGEST) throw invalidRequest('The specified copy source is larger than the maximum allowable size for a copy source: 5368709120')
    const asked = readDescribed(target, call)
    const { described: before } = version
    const described: Described = {
      ...(MetadataDirective === 'COPY' ? { ...before, encryption: asked.encryption, storageClass: asked.storageClass } : asked),
      tags: TaggingDirective === 'COPY' ? before.tags : asked.tags,
    }
    delete described.grants
    if (asked.grants) described.grants = asked.grants
    const isSame = source.id === target.id && version.key === input.Key && input.CopySource!.indexOf('versionId=') === -1
    const changes = MetadataDirective === 'REPLACE' || TaggingDirective === 'REPLACE' || input.StorageClass !== undefined || input.ServerSideEncryption !== undefined || input.WebsiteRedirectLocation !== undefined
    if (isSame && !changes) throw invalidRequest("This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.")
    const { segments, writes } = await duplicate(sandbox, source.id, version.segments, target.id)
    const { size } = version
    // The etag of a copy is the MD5 of its bytes where the source's was, and the parts of a multipart object are no more.
    const made = await orTakeBack(call, target, { segments }, () =>
      putVersion(sandbox, target, { key: input.Key!, size, etag: version.etag, segments, ...(version.checksum ? { checksum: version.checksum } : {}), described, ...authorOf(call, target) }, { check: writeCheck(input, input.Key!), writes, along: (bucket, copy) => notify(call, bucket, copy, 'ObjectCreated:Copy') }),
    )
    return {
      CopyObjectResult: { ETag: quoted(made.etag), LastModified: new Date(made.modifiedAt), ...shownChecksum(made.checksum) },
      VersionId: shownVersionId(target, made),
      CopySourceVersionId: shownVersionId(source, version),
      ...(shownEncryption(described) as object),
    }
  },
})
