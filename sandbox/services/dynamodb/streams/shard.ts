import { createHash } from 'node:crypto'
import { AwsError } from '../../../errors'
import type { Call, Operation } from '../../../operation'
import type { Sandbox } from '../../../sandbox'
import { tablePolicy } from '../access'
import { parseStreamArn, type TableName } from '../names'
import { streamRecords, type Stream, type StreamRecord, type Table } from '../records'
import { sequenceNumber } from '../stream-record'
import { findTable, itemScope, tallyOf } from '../tables'

/** A stream with its table. */
export interface Found {
  table: Table
  stream: Stream
}

/** What IAM decides on for operations on one stream. */
export const onStream: Pick<Operation, 'resource' | 'resourcePolicy'> = {
  resource: ({ input }) => input.StreamArn,
  resourcePolicy: (call, resource) => tablePolicy(call.sandbox, resource),
}

/** @throws AwsError ValidationException, ResourceNotFoundException */
export async function requireStream(call: Call, arn: string): Promise<Found> {
  const parsed = parseStreamArn(arn)
  if (!parsed) throw new AwsError('ValidationException', `Invalid StreamArn: ${arn}`)
  const found = parsed.table.region === call.region ? await findStream(call.sandbox, parsed) : undefined
  if (!found) throw noStream(arn)
  return found
}

export function noStream(arn: string): AwsError {
  return new AwsError('ResourceNotFoundException', `Requested resource not found: Stream: ${arn} not found`)
}

export async function findStream(sandbox: Sandbox, { table: name, label }: { table: TableName; label: string }): Promise<Found | undefined> {
  const table = await findTable(sandbox, name)
  const stream = table?.streams.find((one) => one.label === label)
  return table && stream && { table, stream }
}

/** A stream has one shard here, from its beginning to its end. */
export function shardId({ createdAt, label }: Stream): string {
  return `shardId-${String(createdAt).padStart(20, '0')}-${createHash('md5').update(label).digest('hex').slice(0, 8)}`
}

/** Scope of a stream's records. */
export function recordScope({ table, stream }: Found): string {
  return `${itemScope(table)}/${stream.label}`
}

/** The records behind a sequence number, oldest first. */
export async function recordsAfter(sandbox: Sandbox, found: Found, after: string, limit: number): Promise<{ key: string; value: StreamRecord }[]> {
  return sandbox.store.list(streamRecords, recordScope(found), { limit, ...(after === '' ? {} : { after }) })
}

/** The sequence number of the newest record of the table, kept or not: what is written from now on comes behind it. */
export async function latest(sandbox: Sandbox, table: Table): Promise<string> {
  return sequenceNumber((await tallyOf(sandbox, table)).sequence)
}

/** The number just before a sequence number. */
export function before(sequence: string): string {
  return String(BigInt(sequence) - 1n)
}

/** Whether records behind a sequence number have been dropped for their age. */
export async function isTrimmed(sandbox: Sandbox, found: Found, after: string): Promise<boolean> {
  if (after === '') return false
  const [oldest] = await recordsAfter(sandbox, found, '', 1)
  if (oldest) return BigInt(after) + 1n < BigInt(oldest.key)
  return BigInt(after) < BigInt(await latest(sandbox, found.table))
}

export function trimmed(): AwsError {
  return new AwsError('TrimmedDataAccessException', 'The operation attempted to read past the oldest stream record in a shard.')
}
