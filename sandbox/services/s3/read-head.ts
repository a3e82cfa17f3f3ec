import type { GetObjectOutput } from '@aws-sdk/client-s3'
import type { Call } from '../../operation'
import { checkRead } from './conditions'
import { shownVersion } from './described'
import { invalidArgument, invalidRequest, refuse } from './errors'
import { requireVersion } from './on-object'
import { readRange } from './ranges'
import type { Bucket, Version } from './records'

/** What a read of an object answers, its bytes aside. */
export interface ReadHead {
  version: Version
  /** Which bytes are wanted. */
  start: number
  length: number
  output: Omit<GetObjectOutput, 'Body'>
}

/**
 * Finds the version that a call reads, holds it against the call's conditions and range, and tells of it.
 * @throws AwsError NoSuchKey and the like, PreconditionFailed, NotModified, InvalidRange, InvalidPart
 */
export async function readHead(call: Call, bucket: Bucket): Promise<ReadHead> {
  const { input } = call
  const version = await requireVersion(call)
  checkRead(version, input)
  const part = input.PartNumber === undefined ? undefined : partOf(version, input.PartNumber, input.Range)
  const range = part ?? readRange(input.Range, version.size)
  const [start, length] = range ? [range.start, range.end - range.start + 1] : [0, version.size]
  const isWhole = length === version.size
  const output: Record<string, unknown> = {
    ...shownVersion(bucket, version, input.ChecksumMode === 'ENABLED' && isWhole),
    ContentLength: length,
    ContentRange: range && version.size > 0 ? `bytes ${range.start}-${range.end}/${version.size}` : undefined,
    PartsCount: part && version.parts ? version.parts.length : undefined,
  }
  return { version, start, length, output: { ...output, ...overrides(call) } }
}

function partOf(version: Version, number: number, range: string | undefined): { start: number; end: number } {
  if (range !== undefined) throw invalidArgument('Cannot specify both Range header and partNumber query parameter')
  const all = version.parts ?? [{ number: 1, size: version.size }]
  const at = number - 1
  if (!Number.isInteger(number) || number < 1 || number > 10_000) throw invalidArgument('Part number must be an integer between 1 and 10000, inclusive', 'partNumber', String(number))
  if (!all[at]) throw refuse('InvalidPartNumber', { ActualPartCount: all.length, PartNumberRequested: number })
  const start = all.slice(0, at).reduce((sum, { size }) => sum + size, 0)
  return { start, end: start + all[at].size - 1 }
}

/** Headers that the caller wants otherwise (`response-content-type` …). */
function overrides({ input, principal }: Call): Record<string, unknown> {
  const names = ['CacheControl', 'ContentDisposition', 'ContentEncoding', 'ContentLanguage', 'ContentType'] as const
  const given = names.filter((name) => input[`Response${name}`] !== undefined).map((name) => [name, input[`Response${name}`]])
  if (input.ResponseExpires !== undefined) given.push(['Expires', (input.ResponseExpires as Date).toUTCString()])
  if (given.length > 0 && principal.type === 'Anonymous') throw invalidRequest('Request specific response headers cannot be used for anonymous GET requests.')
  return Object.fromEntries(given)
}
