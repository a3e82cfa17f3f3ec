import { CopyObject$, type CopyObjectOutput, type CopyObjectRequest } from '@aws-sdk/client-s3'
import { operation } from '../../../operation'
import { duplicate } from '../blobs'
import { bucketOf } from '../buckets'
import { shownChecksum } from '../checksums'
import { writeCheck } from '../conditions'
import { copySource } from '../copy-source'
import { quoted, readDescribed, shownEncryption, shownVersionId } from '../described'
import { invalidArgument, invalidRequest } from '../errors'
import { checkKey } from '../names'
import { orTakeBack } from '../new-object'
import { notify } from '../notify'
import { putVersion } from '../objects'
import { authorizeWrite, authorOf, onNewObject } from '../on-object'
import type { Described } from '../records'

/** Bytes of a copy in one call (S3 API reference, CopyObject). */
const LARGEST = 5 * 1024 ** 3

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
