import type { Tag } from '@aws-sdk/client-s3'
import { AwsError } from '../../errors'
import { invalidArgument } from './errors'

const CHARACTERS = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u

/** Reads the tags of the header `x-amz-tagging`, which are written as a query string. @throws AwsError InvalidArgument, InvalidTag */
export function parseTagging(text: string | undefined): Record<string, string> | undefined {
  if (text === undefined || text === '') return undefined
  const pairs = [...new URLSearchParams(text)]
  if (pairs.length === 0) throw invalidArgument("The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters without tag name duplicates.", 'x-amz-tagging', text)
  return checkTags(pairs.map(([Key, Value]) => ({ Key, Value })), 10)
}

/** Tags as a record, checked. @param most how many there may be @throws AwsError InvalidTag, BadRequest */
export function checkTags(tags: Tag[], most: number): Record<string, string> {
  if (tags.length > most) throw new AwsError('BadRequest', most === 10 ? 'Object tags cannot be greater than 10' : `Bucket tag count cannot be greater than ${most}`, 400)
  const result: Record<string, string> = Object.create(null) as Record<string, string>
  for (const { Key = '', Value = '' } of tags) {
    if (Key in result) throw new AwsError('InvalidTag', 'Cannot provide multiple Tags with the same key', 400, { TagKey: Key })
    if (Key === '' || Key.length > 128 || !CHARACTERS.test(Key)) throw new AwsError('InvalidTag', 'The TagKey you have provided is invalid', 400, { TagKey: Key })
    if (Value.length > 256 || !CHARACTERS.test(Value)) throw new AwsError('InvalidTag', 'The TagValue you have provided is invalid', 400, { TagKey: Key, TagValue: Value })
    if (Key.startsWith('aws:')) throw new AwsError('InvalidTag', 'System tags cannot be added/updated by requester', 400, { TagKey: Key })
    result[Key] = Value
  }
  return { ...result }
}

export function tagSet(tags: Record<string, string>): Tag[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }))
}
