import { randomInt } from 'node:crypto'
import {
  InvalidOperationException,
  ResourceAlreadyExistsException,
  ResourceNotFoundException,
  type InputLogEvent,
  type RejectedLogEventsInfo,
} from '@aws-sdk/client-cloudwatch-logs'
import { inAccount } from '../../clock'
import type { Sandbox } from '../../sandbox'
import type { Write } from '../../store'
import { invalid } from './arns'
import { tell } from './live-tail'
import { countMatches } from './metric-filters'
import type { LogEvent } from './read-events'
import { deliveriesOf } from './subscription-filters'
import { eventId, events, groups, streams, type LogGroup, type LogStream } from './records'
import { accountOf } from '../../store'

const DAY_MS = 86_400_000
const LARGEST_EVENT = 1_048_576
const LARGEST_BATCH = 1_048_576
const BYTES_PER_EVENT = 26
const MOST_FUTURE_MS = 2 * 3_600_000
const OLDEST_MS = 14 * DAY_MS
const DELETE_AT_ONCE = 1000

/** Finds a group. @throws ResourceNotFoundException */
export async function requireGroup(sandbox: Sandbox, scope: string, group: string): Promise<LogGroup> {
  const found = await sandbox.store.get(groups, scope, group)
  if (!found) throw new ResourceNotFoundException({ message: 'The specified log group does not exist.', $metadata: {} })
  return found
}

/** Groups of the class for seldom access only keep what they take. @throws InvalidOperationException */
export function requireStandard({ logGroupClass }: LogGroup, what: string): void {
  if (logGroupClass !== 'STANDARD') throw new InvalidOperationException({ message: `${what} not supported for log groups with the ${logGroupClass} log class.`, $metadata: {} })
}

/** Finds a stream of a group. @throws ResourceNotFoundException naming which of the two is missing */
export async function requireStream(sandbox: Sandbox, scope: string, group: string, stream: string): Promise<LogStream> {
  await requireGroup(sandbox, scope, group)
  const found = await sandbox.store.get(streams, scope, `${group}:${stream}`)
  if (!found) throw new ResourceNotFoundException({ message: 'The specified log stream does not exist.', $metadata: {} })
  return found
}

/** Runs `work` alone on a group: writes to one group come one after the other. */
export function lockGroup<T>(sandbox: Sandbox, scope: string, group: string, work: () => Promise<T>): Promise<T> {
  return sandbox.store.lock(`logs ${scope} ${group}`, work)
}

/** @throws ResourceAlreadyExistsException */
export async function createGroup(sandbox: Sandbox, scope: string, group: string, more: Partial<LogGroup> = {}): Promise<void> {
  await lockGroup(sandbox, scope, group, async () => {
    if (await sandbox.store.get(groups, scope, group)) {
      throw new ResourceAlreadyExistsException({ message: 'The specified log group already exists', $metadata: {} })
    }
    await sandbox.store.put(groups, scope, group, { name: group, createdAt: sandbox.now(), logGroupClass: 'STANDARD', storedBytes: 0, tags: {}, ...more })
  })
}

/** Changes a group's record. @throws ResourceNotFoundException */
export async function changeGroup(sandbox: Sandbox, scope: string, group: string, change: (group: LogGroup) => void): Promise<void> {
  await lockGroup(sandbox, scope, group, async () => {
    const record = await requireGroup(sandbox, scope, group)
    change(record)
    await sandbox.store.put(groups, scope, group, record)
  })
}

/** @throws ResourceNotFoundException, ResourceAlreadyExistsException */
export async function createStream(sandbox: Sandbox, scope: string, group: string, stream: string): Promise<void> {
  await lockGroup(sandbox, scope, group, async () => {
    await requireGroup(sandbox, scope, group)
    if (await sandbox.store.get(streams, scope, `${group}:${stream}`)) {
      throw new ResourceAlreadyExistsException({ message: 'The specified log stream already exists', $metadata: {} })
    }
    const number = Array.from({ length: 18 }, () => randomInt(10)).join('')
    await sandbox.store.put(streams, scope, `${group}:${stream}`, { name: stream, number, createdAt: sandbox.now(), count: 0 })
  })
}

/** Deletes a group with all its streams and events. @throws ResourceNotFoundException */
export async function deleteGroup(sandbox: Sandbox, scope: string, group: string): Promise<void> {
  await lockGroup(sandbox, scope, group, async () => {
    await requireGroup(sandbox, scope, group)
    const held = await sandbox.store.list(streams, scope, { prefix: `${group}:` })
    // The record goes first: events without a group are unreachable, a group without its events would be a loss.
    await sandbox.store.batch([
      { collection: groups, scope, key: group },
      ...held.map(({ key }) => ({ collection: streams, scope, key })),
    ])
    await deleteEvents(sandbox, scope, `${group}:`)
  })
}

/** Deletes a stream with its events. @throws ResourceNotFoundException */
export async function deleteStream(sandbox: Sandbox, scope: string, group: string, stream: string): Promise<void> {
  await lockGroup(sandbox, scope, group, async () => {
    await requireStream(sandbox, scope, group, stream)
    await sandbox.store.delete(streams, scope, `${group}:${stream}`)
    const bytes = await deleteEvents(sandbox, scope, `${group}:${stream}:`)
    const record = await requireGroup(sandbox, scope, group)
    await sandbox.store.put(groups, scope, group, { ...record, storedBytes: Math.max(0, record.storedBytes - bytes) })
  })
}

/** Deletes events under a key prefix, only those before `until` where given; gives the bytes they took. */
async function deleteEvents(sandbox: Sandbox, scope: string, prefix: string, until?: number): Promise<number> {
  const end = until === undefined ? undefined : prefix + String(Math.max(0, until)).padStart(15, '0')
  let bytes = 0
  for (;;) {
    const found = await sandbox.store.list(events, scope, { prefix, limit: DELETE_AT_ONCE })
    const old = end === undefined ? found : found.filter(({ key }) => key < end)
    for (const { value } of old) bytes += sizeOf(value.message)
    await sandbox.store.batch(old.map(({ key }) => ({ collection: events, scope, key })))
    if (old.length < DELETE_AT_ONCE) return bytes
  }
}

/**
 * Writes events to a stream in their order. Events too old, too new or past the retention are left out and told of.
 * @throws ResourceNotFoundException
 * @throws InvalidParameterException where the batch breaks a limit (CloudWatch Logs API reference, PutLogEvents)
 */
export async function putEvents(
  sandbox: Sandbox,
  scope: string,
  group: string,
  stream: string,
  batch: InputLogEvent[],
): Promise<{ nextSequenceToken: string; rejected?: RejectedLogEventsInfo }> {
  checkBatch(batch)
  return lockGroup(sandbox, scope, group, async () => {
    const [groupRecord, record] = [await requireGroup(sandbox, scope, group), await requireStream(sandbox, scope, group, stream)]
    const now = sandbox.now()
    const oldest = now - OLDEST_MS
    const expired = groupRecord.retentionInDays === undefined ? 0 : now - groupRecord.retentionInDays * DAY_MS
    const writes: Write[] = []
    const rejected: RejectedLogEventsInfo = {}
    const taken: LogEvent[] = []
    batch.forEach(({ timestamp, message }, index) => {
      if (timestamp! < oldest) rejected.tooOldLogEventEndIndex = index + 1
      else if (timestamp! < expired) rejected.expiredLogEventEndIndex = index + 1
      else if (timestamp! > now + MOST_FUTURE_MS) rejected.tooNewLogEventStartIndex ??= index
      else {
        record.count += 1
        record.firstEvent = Math.min(record.firstEvent ?? Infinity, timestamp!)
        record.lastEvent = Math.max(record.lastEvent ?? 0, timestamp!)
        groupRecord.storedBytes += sizeOf(message!)
        const id = eventId(timestamp!, record, record.count)
        taken.push({ id, stream, timestamp: timestamp!, message: message!, ingestionTime: now })
        writes.push({ collection: events, scope, key: `${group}:${stream}:${id}`, value: { message, ingestionTime: now } })
      }
    })
    record.lastIngestion = now
    const [account, region] = scope.split('/') as [string, string]
    const deliveries = deliveriesOf({ account, region }, groupRecord, stream, taken)
    const outgoing = deliveries.length > 0 ? sandbox.outbox.prepare(sandbox, deliveries) : undefined
    await sandbox.store.batch([
      ...writes,
      ...(outgoing?.writes ?? []),
      { collection: streams, scope, key: `${group}:${stream}`, value: record },
      { collection: groups, scope, key: group, value: groupRecord },
    ])
    outgoing?.send()
    countMatches(sandbox, scope, groupRecord, taken)
    tell(sandbox.store, scope, group, taken)
    const nextSequenceToken = `4${record.number}${String(record.count).padStart(37, '0')}`
    return { nextSequenceToken, ...(Object.keys(rejected).length > 0 ? { rejected } : {}) }
  })
}

function checkBatch(batch: InputLogEvent[]): void {
  let total = 0
  let before = -Infinity
  for (const { timestamp, message } of batch) {
    const size = sizeOf(message!)
    if (size > LARGEST_EVENT) throw invalid(`Log event too large: ${size} bytes exceeds limit of ${LARGEST_EVENT}`)
    total += size
    if (timestamp! < before) throw invalid('Log events in a single PutLogEvents request must be in chronological order.')
    before = timestamp!
  }
  if (total > LARGEST_BATCH) throw invalid(`Upload too large: ${total} bytes exceeds limit of ${LARGEST_BATCH}`)
  if (before - (batch[0]?.timestamp ?? before) > DAY_MS) {
    throw invalid('The batch of log events in a single PutLogEvents request cannot span more than 24 hours.')
  }
}

function sizeOf(message: string): number {
  return Buffer.byteLength(message) + BYTES_PER_EVENT
}

/** Deletes what a group holds beyond its retention. */
export async function expireEvents(sandbox: Sandbox, scope: string, group: string): Promise<void> {
  await lockGroup(sandbox, scope, group, async () => {
    const record = await sandbox.store.get(groups, scope, group)
    if (record?.retentionInDays === undefined) return
    const until = sandbox.now() - record.retentionInDays * DAY_MS
    let bytes = 0
    for (const { key, value: stream } of await sandbox.store.list(streams, scope, { prefix: `${group}:` })) {
      if (stream.firstEvent === undefined || stream.firstEvent >= until) continue
      bytes += await deleteEvents(sandbox, scope, `${key}:`, until)
      const [first] = await sandbox.store.list(events, scope, { prefix: `${key}:`, limit: 1 })
      const { firstEvent: _first, lastEvent, ...rest } = stream
      const kept = first ? { ...rest, firstEvent: Number(first.key.slice(key.length + 1, key.length + 16)), ...(lastEvent === undefined ? {} : { lastEvent }) } : rest
      await sandbox.store.put(streams, scope, key, kept)
    }
    if (bytes > 0) await sandbox.store.put(groups, scope, group, { ...record, storedBytes: Math.max(0, record.storedBytes - bytes) })
  })
}

const EXPIRE_EVERY_MS = 3_600_000

/** Expires old events of every group every hour, or as often as `everyMs` says. Gives the function that ends it. */
export function keepRetention(sandbox: Sandbox, everyMs = EXPIRE_EVERY_MS): () => void {
  const sweep = async () => {
    for (const scope of await sandbox.store.scopes(groups, '')) {
      for (const { value } of await sandbox.store.list(groups, scope)) {
        if (value.retentionInDays !== undefined) await expireEvents(inAccount(sandbox, accountOf(scope)), scope, value.name)
      }
    }
  }
  const timer = setInterval(() => void sweep().catch(console.error), everyMs)
  timer.unref()
  return () => clearInterval(timer)
}

