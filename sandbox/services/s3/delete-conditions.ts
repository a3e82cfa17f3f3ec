import { refuse } from './errors'
import type { Version } from './records'

/** What must hold of an object for it to be deleted (S3 user guide, "Conditional deletes"). */
export interface DeleteConditions {
  ETag?: string | undefined
  LastModifiedTime?: Date | undefined
  Size?: number | undefined
}

/** @returns a check that throws PreconditionFailed */
export function deleteConditions({ ETag, LastModifiedTime, Size }: DeleteConditions): (current: Version | undefined) => void {
  return (current) => {
    const isAny = ETag === undefined && LastModifiedTime === undefined && Size === undefined
    const holds =
      isAny ||
      (current !== undefined &&
        (ETag === undefined || ETag === '*' || ETag.replace(/^"|"$/g, '') === current.etag) &&
        (LastModifiedTime === undefined || Math.floor(current.modifiedAt / 1000) === Math.floor(LastModifiedTime.getTime() / 1000)) &&
        (Size === undefined || Size === current.size))
    if (!holds) throw refuse('PreconditionFailed', { Condition: 'If-Match' })
  }
}
