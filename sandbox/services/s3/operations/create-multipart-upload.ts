import { randomBytes } from 'node:crypto'
import { CreateMultipartUpload$, type CreateMultipartUploadOutput, type CreateMultipartUploadRequest } from '@aws-sdk/client-s3'
import { operation } from '../../../operation'
import { bucketOf } from '../buckets'
import { ALGORITHMS, type Algorithm } from '../checksums'
import { isCombinable } from '../crc-combine'
import { readDescribed, shownEncryption } from '../described'
import { invalidRequest } from '../errors'
import { checkKey } from '../names'
import { authorizeWrite, authorOf, onNewObject } from '../on-object'
import { uploads, versionRow, type Upload } from '../records'

/** Begins an upload whose parts come one by one. */
export const createMultipartUpload = operation<CreateMultipartUploadRequest, CreateMultipartUploadOutput>(CreateMultipartUpload$, {
  ...onNewObject,
  action: 's3:PutObject',
  async run(call) {
    const { input, sandbox, principal } = call
    checkKey(input.Key!)
    const bucket = await bucketOf(call)
    await authorizeWrite(call)
    const described = readDescribed(bucket, call)
    const algorithm = input.ChecksumAlgorithm as Algorithm | undefined
    if (algorithm !== undefined && !ALGORITHMS.includes(algorithm)) throw invalidRequest('Checksum algorithm provided is unsupported. Please try again with any of the valid types: [CRC32, CRC32C, CRC64NVME, SHA1, SHA256]')
    if (input.ChecksumType !== undefined && algorithm === undefined) throw invalidRequest('The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header.')
    const type = input.ChecksumType ?? (algorithm === 'CRC64NVME' ? 'FULL_OBJECT' : 'COMPOSITE')
    if (algorithm !== undefined && (type === 'FULL_OBJECT' ? !isCombinable(algorithm) : algorithm === 'CRC64NVME')) {
      throw invalidRequest(`The ${type} checksum type cannot be used with the ${algorithm.toLowerCase()} checksum algorithm.`)
    }
    const upload: Upload = {
      key: input.Key!,
      uploadId: randomBytes(48).toString('base64url'),
      initiatedAt: sandbox.now(),
      initiator: { id: principal.arn, name: principal.name ?? principal.userId },
      described,
      ...(algorithm === undefined ? {} : { checksumAlgorithm: algorithm, checksumType: type }),
      ...authorOf(call, bucket),
    }
    await sandbox.store.put(uploads, bucket.id, versionRow(upload.key, upload.uploadId), upload)
    return { Bucket: bucket.name, Key: upload.key, UploadId: upload.uploadId, ChecksumAlgorithm: algorithm, ChecksumType: algorithm && type, ...(shownEncryption(described) as object) }
  },
})
