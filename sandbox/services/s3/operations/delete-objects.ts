import { DeleteObjects$, type DeletedObject, type DeleteObjectsOutput, type DeleteObjectsRequest } from '@aws-sdk/client-s3'
import { AwsError } from '../../../errors'
import { operation } from '../../../operation'
import { bucketOf } from '../buckets'
import { deleteConditions } from '../delete-conditions'
import { refuse } from '../errors'
import { bucketArn, objectArn } from '../names'
import { tellOfDeletion } from '../notify'
import { deleteVersion } from '../objects'
import { authorizeIn } from '../on-bucket'

const MOST = 1000

/** Deletes up to a thousand objects, each on its own: what fails is told beside what is gone. */
export const deleteObjects = operation<DeleteObjectsRequest, DeleteObjectsOutput>(DeleteObjects$, {
  // Each object is decided on below.
  action: null,
  resource: ({ input }) => bucketArn(input.Bucket!),
  async run(call) {
    const { input, sandbox } = call
    const bucket = await bucketOf(call)
    const asked = input.Delete?.Objects ?? []
    if (asked.length === 0 || asked.length > MOST) throw refuse('MalformedXML')
    const deleted: DeletedObject[] = []
    const errors: DeleteObjectsOutput['Errors'] = []
    for (const { Key, VersionId, ETag, LastModifiedTime, Size } of asked) {
      try {
        await authorizeIn(call, VersionId === undefined ? 's3:DeleteObject' : 's3:DeleteObjectVersion', objectArn(bucket.name, Key!))
        const gone = await deleteVersion(sandbox, bucket, Key!, VersionId, { check: deleteConditions({ ETag, LastModifiedTime, Size }), along: tellOfDeletion(call) })
        const marker = gone.isDeleteMarker ? { DeleteMarker: true, DeleteMarkerVersionId: gone.versionId } : {}
        deleted.push({ Key, ...(VersionId === undefined ? {} : { VersionId }), ...marker })
      } catch (error) {
        if (!(error instanceof AwsError)) throw error
        errors.push({ Key, VersionId, Code: error.code, Message: error.message })
      }
    }
    return { Deleted: input.Delete?.Quiet ? undefined : deleted, Errors: errors }
  },
})
