import { PutObject$, type PutObjectOutput, type PutObjectRequest } from '@aws-sdk/client-s3'
import { operation } from '../../../operation'
import { bucketOf } from '../buckets'
import { checkKey } from '../names'
import { authorizeWrite, onNewObject } from '../on-object'
import { writeObject } from '../write-object'

/** Writes an object; what was there under the key is replaced, or kept as an older version. */
export const putObject = operation<PutObjectRequest, PutObjectOutput>(PutObject$, {
  ...onNewObject,
  async run(call) {
    checkKey(call.input.Key!)
    const bucket = await bucketOf(call)
    await authorizeWrite(call)
    return writeObject(call, bucket, call.input, 'Put')
  },
})
