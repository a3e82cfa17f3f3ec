import { createHash } from 'node:crypto'
import { CompleteMultipartUpload$, type CompletedPart, type CompleteMultipartUploadOutput, type CompleteMultipartUploadRequest } from '@aws-sdk/client-s3'
import { operation } from '../../../operation'
import { discardFiles } from '../blobs'
import { bucketOf } from '../buckets'
import { checkChecksum, compositeChecksum, shownChecksum, type Algorithm } from '../checksums'
import { writeCheck } from '../conditions'
import { combineCrcs, isCombinable } from '../crc-combine'
import { quoted, shownEncryption, shownVersionId } from '../described'
import { invalidRequest, refuse } from '../errors'
import { notify } from '../notify'
import { putVersion } from '../objects'
import { onNewObject } from '../on-object'
import type { Checksums, Part, Upload } from '../records'
import { endUpload, lockUpload, partsOf } from '../uploads'

/** Bytes that every part but the last must have. */
const SMALLEST = 5 << 20

/** Makes an object of the parts of an upload. Their bytes stay where they are. */
export const completeMultipartUpload = operation<CompleteMultipartUploadRequest, CompleteMultipartUploadOutput>(CompleteMultipartUpload$, {
  ...onNewObject,
  action: 's3:PutObject',
  async run(call) {
    const { input, sandbox } = call
    const key = input.Key!
    const bucket = await bucketOf(call)
    return lockUpload(sandbox, bucket, key, input.UploadId!, async (upload) => {
      const all = await partsOf(sandbox, bucket, upload.uploadId)
      const used = chosen(all, input.MultipartUpload?.Parts ?? [])
      const size = used.reduce((sum, part) => sum + part.size, 0)
      if (input.MpuObjectSize !== undefined && input.MpuObjectSize !== size) throw invalidRequest(`The provided 'x-amz-mp-object-size' header value ${input.MpuObjectSize} does not match what was computed: ${size}`)
      const etag = `${createHash('md5').update(Buffer.concat(used.map((part) => Buffer.from(part.etag, 'hex')))).digest('hex')}-${used.length}`
      const checksum = await wholeChecksum(upload, used)
      const claimed = checksum && (input as Record<string, any>)[`Checksum${checksum.algorithm}`]
      if (claimed !== undefined) checkChecksum(checksum!.algorithm as Algorithm, claimed.replace(/-\d+$/, ''), checksum!.value.replace(/-\d+$/, ''))
      const end = endUpload(bucket, upload, all, new Set(used))
      const parts = used.map(({ number, size: bytes, checksum: own }) => ({ number, size: bytes, ...(own && upload.checksumAlgorithm ? { checksum: own.value } : {}) }))
      const made = { key, size, etag, segments: used.flatMap(({ segments }) => segments), ...(checksum ? { checksum } : {}), parts, described: upload.described, ...(upload.owner === undefined ? {} : { owner: upload.owner }) }
      const version = await putVersion(sandbox, bucket, made, { check: writeCheck(input, key), writes: end.writes, along: (current, object) => notify(call, current, object, 'ObjectCreated:CompleteMultipartUpload') })
      discardFiles(sandbox, bucket.id, end.gone)
      return {
        Location: `${sandbox.url()}/${bucket.name}/${key.split('/').map(encodeURIComponent).join('/')}`,
        Bucket: bucket.name,
        Key: key,
        ETag: quoted(etag),
        VersionId: shownVersionId(bucket, version),
        ...shownChecksum(checksum),
        ...(shownEncryption(upload.described) as object),
      }
    })
  },
})

/** The parts that make the object, as the caller lists them. @throws AwsError MalformedXML, InvalidPartOrder, InvalidPart, EntityTooSmall */
function chosen(all: Part[], listed: CompletedPart[]): Part[] {
  if (listed.length === 0) throw refuse('MalformedXML')
  const byNumber = new Map(all.map((part) => [part.number, part]))
  const used = listed.map((asked, i) => {
    const { PartNumber = 0, ETag } = asked
    if (i > 0 && PartNumber <= (listed[i - 1]!.PartNumber ?? 0)) throw refuse('InvalidPartOrder')
    const part = byNumber.get(PartNumber)
    const claimed = part?.checksum && (asked as Record<string, unknown>)[`Checksum${part.checksum.algorithm}`]
    const isSame = part && (ETag === undefined || ETag.replace(/^"|"$/g, '') === part.etag) && (claimed === undefined || claimed === part.checksum!.value)
    if (!isSame) throw refuse('InvalidPart', { PartNumber, ETag: ETag ?? '' })
    return part
  })
  for (const { number, size, etag } of used.slice(0, -1)) {
    if (size < SMALLEST) throw refuse('EntityTooSmall', { ProposedSize: size, MinSizeAllowed: SMALLEST, PartNumber: number, ETag: etag })
  }
  return used
}

/** Of the object as a whole, or a checksum of the parts' checksums; none where the parts bear different ones. */
async function wholeChecksum(upload: Upload, used: Part[]): Promise<Checksums | undefined> {
  const algorithm = (upload.checksumAlgorithm ?? used[0]!.checksum?.algorithm) as Algorithm
  const type = upload.checksumType ?? 'FULL_OBJECT'
  if (!used.every(({ checksum }) => checksum?.algorithm === algorithm) || (type === 'FULL_OBJECT' && !isCombinable(algorithm))) return undefined
  const values = used.map(({ checksum, size }) => ({ checksum: checksum!.value, size }))
  const value = type === 'FULL_OBJECT' ? combineCrcs(algorithm, values) : await compositeChecksum(algorithm, values.map(({ checksum }) => checksum))
  return { algorithm, value, type }
}
