import { GetObject$, type GetObjectOutput, type GetObjectRequest } from '@aws-sdk/client-s3'
import { operation } from '../../../operation'
import { openBytes } from '../blobs'
import { bucketOf } from '../buckets'
import { refuse } from '../errors'
import { onObject, readAction } from '../on-object'
import { readHead } from '../read-head'

/** Storage classes whose objects must be restored before they are read. */
const ARCHIVED = new Set(['GLACIER', 'DEEP_ARCHIVE'])

/** An object's bytes, or a part of them, as they are read from the disk. */
export const getObject = operation<GetObjectRequest, GetObjectOutput>(GetObject$, {
  ...onObject,
  action: readAction('s3:GetObject', 's3:GetObjectVersion'),
  async run(call) {
    const bucket = await bucketOf(call)
    const { version, start, length, output } = await readHead(call, bucket)
    const { storageClass } = version.described
    if (ARCHIVED.has(storageClass)) throw refuse('InvalidObjectState', { StorageClass: storageClass })
    return { ...output, Body: (await openBytes(call.sandbox, bucket.id, version.segments, start, length)) as never }
  },
})
