import { UploadPartCopy$, type UploadPartCopyOutput, type UploadPartCopyRequest } from '@aws-sdk/client-s3'
import { operation } from '../../../operation'
import { openBytes } from '../blobs'
import { bucketOf } from '../buckets'
import type { Algorithm } from '../checksums'
import { copySource } from '../copy-source'
import { quoted, shownEncryption, shownVersionId } from '../described'
import { invalidArgument, refuse } from '../errors'
import { orTakeBack, takeIn } from '../new-object'
import { onObject } from '../on-object'
import { checkPartNumber, putPart } from '../put-part'
import { requireUpload } from '../uploads'

/** Makes a part of an upload from an object, or a range of its bytes. */
export const uploadPartCopy = operation<UploadPartCopyRequest, UploadPartCopyOutput>(UploadPartCopy$, {
  ...onObject,
  action: 's3:PutObject',
  async run(call) {
    const { input, sandbox } = call
    checkPartNumber(input.PartNumber!)
    const target = await bucketOf(call)
    const upload = await requireUpload(sandbox, target, input.Key!, input.UploadId!)
    const { bucket: source, version } = await copySource(call)
    const { start, length } = rangeOf(input.CopySourceRange, version.size)
    const Body = await openBytes(sandbox, source.id, version.segments, start, length)
    const taken = await takeIn(call, target, { Body }, upload.checksumAlgorithm as Algorithm | undefined)
    const { md5: etag, size, segments, checksum, algorithm, writes } = taken
    const part = await orTakeBack(call, target, taken, () => putPart(call, target, { number: input.PartNumber!, size, etag, segments, checksum: { algorithm, value: checksum } }, writes))
    return {
      CopyPartResult: { ETag: quoted(etag), LastModified: new Date(part.modifiedAt), [`Checksum${algorithm}`]: checksum },
      CopySourceVersionId: shownVersionId(source, version),
      ...(shownEncryption(upload.described) as object),
    }
  },
})

function rangeOf(text: string | undefined, size: number): { start: number; length: number } {
  if (text === undefined) return { start: 0, length: size }
  const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(text) ?? []
  if (first === undefined) throw invalidArgument('The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based offsets of the first and last bytes to copy', 'x-amz-copy-source-range', text)
  if (Number(last) >= size || Number(first) > Number(last)) throw refuse('InvalidRange', { RangeRequested: text, ActualObjectSize: size })
  return { start: Number(first), length: Number(last) - Number(first) + 1 }
}
