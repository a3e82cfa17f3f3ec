import { ListParts$, type ListPartsOutput, type ListPartsRequest } from '@aws-sdk/client-s3'
import { operation } from '../../../operation'
import { ownerOf } from '../acl'
import { bucketOf } from '../buckets'
import { quoted } from '../described'
import { invalidArgument } from '../errors'
import { onObject } from '../on-object'
import { partsOf, requireUpload } from '../uploads'

const MOST = 1000

/** The parts of an upload that came so far. */
export const listParts = operation<ListPartsRequest, ListPartsOutput>(ListParts$, {
  ...onObject,
  action: 's3:ListMultipartUploadParts',
  async run(call) {
    const { input, sandbox } = call
    const bucket = await bucketOf(call)
    const upload = await requireUpload(sandbox, bucket, input.Key!, input.UploadId!)
    const { MaxParts = MOST, PartNumberMarker = '0' } = input
    if (!Number.isInteger(MaxParts) || MaxParts < 0) throw invalidArgument('Argument max-parts must be an integer between 0 and 2147483647', 'max-parts', String(MaxParts))
    if (!/^\d+$/.test(PartNumberMarker)) throw invalidArgument('Argument part-number-marker must be an integer between 0 and 2147483647', 'part-number-marker', PartNumberMarker)
    const rest = (await partsOf(sandbox, bucket, upload.uploadId)).filter(({ number }) => number > Number(PartNumberMarker))
    const page = rest.slice(0, Math.min(MaxParts, MOST))
    return {
      Bucket: bucket.name,
      Key: upload.key,
      UploadId: upload.uploadId,
      PartNumberMarker,
      NextPartNumberMarker: String(page.at(-1)?.number ?? 0),
      MaxParts: Math.min(MaxParts, MOST),
      IsTruncated: page.length < rest.length,
      Parts: page.map(({ number, size, etag, modifiedAt, checksum }) => ({
        PartNumber: number,
        LastModified: new Date(modifiedAt),
        ETag: quoted(etag),
        Size: size,
        ...(checksum && upload.checksumAlgorithm ? { [`Checksum${checksum.algorithm}`]: checksum.value } : {}),
      })),
      Initiator: { ID: upload.initiator.id, DisplayName: upload.initiator.name },
      Owner: ownerOf(upload.owner ?? bucket.account),
      StorageClass: upload.described.storageClass as never,
      ChecksumAlgorithm: upload.checksumAlgorithm as never,
      ChecksumType: upload.checksumType,
    }
  },
})
