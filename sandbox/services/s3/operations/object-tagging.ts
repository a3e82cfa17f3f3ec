import {
  DeleteObjectTagging$,
  GetObjectTagging$,
  PutObjectTagging$,
  type DeleteObjectTaggingOutput,
  type DeleteObjectTaggingRequest,
  type GetObjectTaggingOutput,
  type GetObjectTaggingRequest,
  type PutObjectTaggingOutput,
  type PutObjectTaggingRequest,
} from '@aws-sdk/client-s3'
import { operation, type Call } from '../../../operation'
import { bucketOf } from '../buckets'
import { shownVersionId } from '../described'
import { refuse } from '../errors'
import { notify, type EventName } from '../notify'
import { changeVersion } from '../objects'
import { broughtContext, onObject, readAction, requireVersion } from '../on-object'
import { checkTags, tagSet } from '../tags'

const MOST = 10

/** Puts these tags in the place of all that an object had. */
export const putObjectTagging = operation<PutObjectTaggingRequest, PutObjectTaggingOutput>(PutObjectTagging$, {
  ...onObject,
  action: readAction('s3:PutObjectTagging', 's3:PutObjectVersionTagging'),
  context: async (call) => {
    const Tagging = new URLSearchParams((call.input.Tagging?.TagSet ?? []).map(({ Key, Value }) => [Key!, Value!])).toString()
    return { ...(await onObject.context!(call)), ...broughtContext({ Tagging }) }
  },
  async run(call) {
    const given = call.input.Tagging?.TagSet
    if (!given) throw refuse('MalformedXML')
    return setTags(call, checkTags(given, MOST), 'ObjectTagging:Put')
  },
})

export const getObjectTagging = operation<GetObjectTaggingRequest, GetObjectTaggingOutput>(GetObjectTagging$, {
  ...onObject,
  action: readAction('s3:GetObjectTagging', 's3:GetObjectVersionTagging'),
  async run(call) {
    const version = await requireVersion(call)
    return { TagSet: tagSet(version.described.tags), VersionId: shownVersionId(await bucketOf(call), version) }
  },
})

export const deleteObjectTagging = operation<DeleteObjectTaggingRequest, DeleteObjectTaggingOutput>(DeleteObjectTagging$, {
  ...onObject,
  action: readAction('s3:DeleteObjectTagging', 's3:DeleteObjectVersionTagging'),
  run: (call) => setTags(call, {}, 'ObjectTagging:Delete'),
})

async function setTags(call: Call, tags: Record<string, string>, event: EventName): Promise<{ VersionId?: string | undefined }> {
  const bucket = await bucketOf(call)
  const version = await requireVersion(call)
  await changeVersion(call.sandbox, bucket, version.key, version.versionId, ({ described }) => void (described.tags = tags), (current, changed) => notify(call, current, changed, event))
  return { VersionId: shownVersionId(bucket, version) }
}
