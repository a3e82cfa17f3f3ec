import { HeadObject$, type HeadObjectOutput, type HeadObjectRequest } from '@aws-sdk/client-s3'
import { operation } from '../../../operation'
import { bucketOf } from '../buckets'
import { onObject, readAction } from '../on-object'
import { readHead } from '../read-head'

/** What is said of an object, without its bytes. */
export const headObject = operation<HeadObjectRequest, HeadObjectOutput>(HeadObject$, {
  ...onObject,
  action: readAction('s3:GetObject', 's3:GetObjectVersion'),
  readOnly: true,
  async run(call) {
    return (await readHead(call, await bucketOf(call))).output
  },
})
