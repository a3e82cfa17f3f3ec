import { DeleteObject$, type DeleteObjectOutput, type DeleteObjectRequest } from '@aws-sdk/client-s3'
import { operation } from '../../../operation'
import { bucketOf } from '../buckets'
import { deleteConditions } from '../delete-conditions'
import { tellOfDeletion } from '../notify'
import { deleteVersion } from '../objects'
import { onObject, readAction } from '../on-object'

/** Deletes an object or one of its versions; that there is none is no error. */
export const deleteObject = operation<DeleteObjectRequest, DeleteObjectOutput>(DeleteObject$, {
  ...onObject,
  action: readAction('s3:DeleteObject', 's3:DeleteObjectVersion'),
  async run(call) {
    const { input, sandbox } = call
    const deleted = await deleteVersion(sandbox, await bucketOf(call), input.Key!, input.VersionId, { check: deleteConditions({ ETag: input.IfMatch, LastModifiedTime: input.IfMatchLastModifiedTime, Size: input.IfMatchSize }), along: tellOfDeletion(call) })
    return { VersionId: deleted.versionId, DeleteMarker: deleted.isDeleteMarker }
  },
})
