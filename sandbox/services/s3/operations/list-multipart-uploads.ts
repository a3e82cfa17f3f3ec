import { ListMultipartUploads$, type ListMultipartUploadsOutput, type ListMultipartUploadsRequest, type MultipartUpload } from '@aws-sdk/client-s3'
import { operation } from '../../../operation'
import { ownerOf } from '../acl'
import { bucketOf } from '../buckets'
import { encoder } from '../list'
import { checkedListing } from '../listing-input'
import { onListing } from '../on-bucket'
import { rowOf, uploads, versionRow } from '../records'

/** The uploads of a bucket that are under way, by key and age. */
export const listMultipartUploads = operation<ListMultipartUploadsRequest, ListMultipartUploadsOutput>(ListMultipartUploads$, {
  ...onListing,
  action: 's3:ListBucketMultipartUploads',
  async run(call) {
    const { input, sandbox } = call
    const bucket = await bucketOf(call)
    const encode = encoder(input.EncodingType)
    const most = checkedListing({ MaxKeys: input.MaxUploads, EncodingType: input.EncodingType })
    const { Prefix = '', Delimiter = '', KeyMarker = '', UploadIdMarker = '' } = input
    // Behind all uploads of the marker's key, or behind one of them.
    const after = KeyMarker === '' ? '' : UploadIdMarker === '' ? `${rowOf(KeyMarker)}\0\xff` : versionRow(KeyMarker, UploadIdMarker)
    const found: MultipartUpload[] = []
    const prefixes: string[] = []
    let last: { key: string; uploadId: string } | undefined
    let isTruncated = false
    for await (const upload of sandbox.store.values(uploads, bucket.id, { gt: after })) {
      if (!upload.key.startsWith(Prefix)) continue
      const cut = Delimiter === '' ? -1 : upload.key.indexOf(Delimiter, Prefix.length)
      const common = cut === -1 ? undefined : upload.key.slice(0, cut + Delimiter.length)
      if (common !== undefined && (common === prefixes.at(-1) || common === KeyMarker)) continue
      if (found.length + prefixes.length >= most) {
        isTruncated = most > 0
        break
      }
      if (common !== undefined) {
        prefixes.push(common)
        last = { key: common, uploadId: '' }
        continue
      }
      last = upload
      found.push({
        Key: encode(upload.key),
        UploadId: upload.uploadId,
        Initiated: new Date(upload.initiatedAt),
        Initiator: { ID: upload.initiator.id, DisplayName: upload.initiator.name },
        Owner: ownerOf(upload.owner ?? bucket.account),
        StorageClass: upload.described.storageClass as never,
        ChecksumAlgorithm: upload.checksumAlgorithm as never,
        ChecksumType: upload.checksumType,
      })
    }
    return {
      Bucket: bucket.name,
      KeyMarker: encode(KeyMarker),
      UploadIdMarker,
      NextKeyMarker: isTruncated && last ? encode(last.key) : undefined,
      NextUploadIdMarker: isTruncated ? last?.uploadId : undefined,
      Prefix: encode(Prefix),
      Delimiter: Delimiter === '' ? undefined : encode(Delimiter),
      EncodingType: input.EncodingType,
      MaxUploads: most,
      IsTruncated: isTruncated,
      Uploads: found,
      CommonPrefixes: prefixes.map((prefix) => ({ Prefix: encode(prefix) })),
    }
  },
})
