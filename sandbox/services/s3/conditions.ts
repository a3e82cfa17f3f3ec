import { AwsError } from '../../errors'
import { refuse } from './errors'
import { quoted } from './described'
import type { Version } from './records'

/** The conditions of a call, as its headers say. */
export interface Conditions {
  IfMatch?: string | undefined
  IfNoneMatch?: string | undefined
  IfModifiedSince?: Date | undefined
  IfUnmodifiedSince?: Date | undefined
}

/**
 * Holds a version against the conditions of a read (S3 user guide, "Conditional reads"; RFC 9110, 13.2.2).
 * @throws AwsError PreconditionFailed; NotModified, status 304
 */
export function checkRead(version: Version, { IfMatch, IfNoneMatch, IfModifiedSince, IfUnmodifiedSince }: Conditions): void {
  const modified = Math.floor(version.modifiedAt / 1000) * 1000
  if (IfMatch !== undefined ? !matches(IfMatch, version) : IfUnmodifiedSince !== undefined && modified > IfUnmodifiedSince.getTime()) {
    throw refuse('PreconditionFailed', { Condition: IfMatch !== undefined ? 'If-Match' : 'If-Unmodified-Since' })
  }
  if (IfNoneMatch !== undefined ? matches(IfNoneMatch, version) : IfModifiedSince !== undefined && modified <= IfModifiedSince.getTime()) {
    throw new AwsError('NotModified', 'Not Modified', 304, {}, { etag: quoted(version.etag), 'last-modified': new Date(version.modifiedAt).toUTCString() })
  }
}

/** As {@link checkRead} for the source of a copy, where every broken condition is a failure. */
export function checkSource(version: Version, conditions: Conditions): void {
  try {
    checkRead(version, conditions)
  } catch (error) {
    throw error instanceof AwsError && error.status === 304 ? refuse('PreconditionFailed', { Condition: 'x-amz-copy-source-If-None-Match' }) : error
  }
}

/**
 * What a conditional write asks of the version before it (S3 user guide, "Conditional requests").
 * @throws AwsError PreconditionFailed; NoSuchKey where If-Match finds nothing
 */
export function writeCheck({ IfMatch, IfNoneMatch }: Conditions, key: string): (current: Version | undefined) => void {
  if (IfNoneMatch !== undefined && IfNoneMatch !== '*') throw new AwsError('NotImplemented', 'A header you provided implies functionality that is not implemented', 501, { Header: 'If-None-Match', additionalMessage: 'We don\'t accept the provided value of If-None-Match header for this API' })
  return (current) => {
    if (IfNoneMatch !== undefined && current) throw refuse('PreconditionFailed', { Condition: 'If-None-Match' })
    if (IfMatch === undefined) return
    if (!current) throw refuse('NoSuchKey', { Key: key })
    if (!matches(IfMatch, current)) throw refuse('PreconditionFailed', { Condition: 'If-Match' })
  }
}

function matches(header: string, { etag }: Version): boolean {
  return header.split(',').map((tag) => tag.trim().replace(/^W\//, '').replace(/^"|"$/g, '')).some((tag) => tag === '*' || tag === etag)
}
