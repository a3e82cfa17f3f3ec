import { randomUUID } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import type { Item } from './dynalite'
import { itemBytes } from './item-size'
import type { Stream, StreamRecord, Table } from './records'

/** Who is behind a change, where it is not a call. */
export interface Cause {
  PrincipalId: string
  Type: string
}

/** Sequence numbers have as many digits in every record, so that their order as texts is theirs. */
export function sequenceNumber(sequence: number): string {
  return `1${String(sequence).padStart(20, '0')}`
}

/** What a stream takes down of a change; nothing where nothing changed (DynamoDB developer guide, "Change data capture for DynamoDB Streams"). */
export function streamRecord(
  table: Table,
  { view }: Stream,
  { before, after, sequence, at, cause }: { before: Item | undefined; after: Item | undefined; sequence: number; at: number; cause: Cause | undefined },
): StreamRecord | undefined {
  if (isDeepStrictEqual(plain(before), plain(after))) return undefined
  const Keys = Object.fromEntries(table.schema.KeySchema.map(({ AttributeName }) => [AttributeName, (after ?? before)![AttributeName]!]))
  const NewImage = view === 'NEW_IMAGE' || view === 'NEW_AND_OLD_IMAGES' ? after : undefined
  const OldImage = view === 'OLD_IMAGE' || view === 'NEW_AND_OLD_IMAGES' ? before : undefined
  const SizeBytes = [Keys, NewImage, OldImage].reduce((sum, part) => sum + (part ? itemBytes(part) : 0), 0)
  return {
    at,
    record: {
      eventID: randomUUID().replaceAll('-', ''),
      eventName: before === undefined ? 'INSERT' : after === undefined ? 'REMOVE' : 'MODIFY',
      eventVersion: '1.1',
      eventSource: 'aws:dynamodb',
      awsRegion: table.region,
      dynamodb: {
        ApproximateCreationDateTime: Math.floor(at / 1000),
        Keys,
        ...(NewImage ? { NewImage } : {}),
        ...(OldImage ? { OldImage } : {}),
        SequenceNumber: sequenceNumber(sequence),
        SizeBytes,
        StreamViewType: view,
      },
      ...(cause ? { userIdentity: cause } : {}),
    },
  }
}

function plain(item: Item | undefined): unknown {
  return item && JSON.parse(JSON.stringify(item))
}
