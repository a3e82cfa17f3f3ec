import { randomUUID } from 'node:crypto'
import { inAccount } from '../../clock'
import { matchesPattern, parseEventPattern, type EventPattern } from '../../event-pattern'
import type { Sandbox } from '../../sandbox'
import { collection, scopeOf } from '../../store'
import { parseStreamArn } from '../dynamodb/names'
import type { StreamRecord } from '../dynamodb/records'
import { newsOf, nextStreamNews } from '../dynamodb/stream-news'
import { findStream, recordsAfter, shardId, type Found } from '../dynamodb/streams/shard'
import { deliver } from './destinations'
import { TooManyRequests, type InvokeResult } from './engine/types'
import { functionOf, type EventSourceMapping } from './event-source-mappings'
import { requireFunction, resolveQualifier } from './functions'
import { functionArn } from './names'
import { FIRST_PAUSE_MS, LARGEST_EVENT, LONGEST_PAUSE_MS, THROTTLE_PAUSE_MS, WAIT_MS } from './polling'
import { routeInvocation, runFunction } from './run-function'
import { missingStreamRight } from './stream-settings'

/** How far a mapping has come: the sequence number of the last record that is done. Scope: `account/region`; key: the mapping's UUID. */
export const positions = collection<{ after: string }>('lambda/stream-positions')

interface Entry {
  key: string
  value: StreamRecord
}

/** Why a batch is given up, and how its last invocation ended. */
interface GivenUp {
  condition: 'RetryAttemptsExhausted' | 'RecordAgeExceeded'
  count: number
  requestId: string
  result?: InvokeResult | undefined
}


/** Takes the records of one stream to one function, batch by batch and in order, until it is stopped. */
export class StreamPoller {
  /** Why it cannot poll at the moment. */
  problem: string | undefined
  readonly #sandbox: Sandbox
  readonly #stop = new AbortController()
  readonly #patterns: EventPattern[]
  readonly #polling: Promise<void>

  constructor(
    sandbox: Sandbox,
    private readonly mapping: EventSourceMapping,
    before: Promise<void>,
  ) {
    this.#sandbox = inAccount(sandbox, mapping.account)
    this.#patterns = mapping.filters.map(parseEventPattern)
    this.#polling = before.then(() => this.#poll())
  }

  /** Takes no more records, and waits for the batch at work. */
  async stop(): Promise<void> {
    this.#stop.abort()
    await this.#polling
  }

  async #poll(): Promise<void> {
    let pause = FIRST_PAUSE_MS
    while (!this.#stop.signal.aborted) {
      try {
        const found = await this.#ready()
        const seen = newsOf(found.table)
        const batch = await this.#gather(found)
        pause = FIRST_PAUSE_MS
        this.problem = undefined
        if (batch.length > 0) await this.#process(found, batch)
        else await nextStreamNews(found.table, seen, WAIT_MS, this.#stop.signal)
      } catch (error) {
        this.problem = (error as Error).message
        await this.#sleep(pause)
        pause = Math.min(pause * 2, LONGEST_PAUSE_MS)
      }
    }
  }

  /** The stream, where function and role are as they must be. */
  async #ready(): Promise<Found> {
    const name = functionOf(this.mapping)
    const { version } = resolveQualifier(await requireFunction(this.#sandbox, name), name)
    const missing = await missingStreamRight(this.#sandbox, this.mapping, version.settings.role)
    if (missing) throw new Error(missing)
    const found = await findStream(this.#sandbox, parseStreamArn(this.mapping.queueArn)!)
    if (!found) throw new Error('The stream is not there any more.')
    return found
  }

  /** What there is behind the position; where there is a window, what comes within it too. */
  async #gather(found: Found): Promise<Entry[]> {
    const { batchSize, window } = this.mapping
    const after = (await this.#sandbox.store.get(positions, scopeOf(this.mapping), this.mapping.uuid))?.after ?? this.mapping.stream!.from
    const read = async () => fitting(await recordsAfter(this.#sandbox, found, after, batchSize))
    let seen = newsOf(found.table)
    let batch = await read()
    const until = this.#sandbox.now() + window * 1000
    while (batch.length > 0 && batch.length < batchSize && this.#sandbox.now() < until && !this.#stop.signal.aborted) {
      await nextStreamNews(found.table, seen, until - this.#sandbox.now(), this.#stop.signal)
      seen = newsOf(found.table)
      batch = await read()
    }
    return batch
  }

  /**
   * Sees a batch through: until the function took it, or it is given up (Lambda developer guide, "Process DynamoDB records
   * with Lambda": records wait behind a batch that fails).
   */
  async #process(found: Found, whole: Entry[]): Promise<void> {
    const { bisects, retries } = this.mapping.stream!
    let batch = whole
    for (let failures = 0; !this.#stop.signal.aborted; ) {
      batch = await this.#dropOld(found, batch, failures)
      const wanted = batch.filter(({ value }) => this.#passes(value))
      const requestId = randomUUID()
      const result = wanted.length === 0 ? undefined : await this.#invoke(wanted, requestId)
      // An invocation that the sandbox's own end cut short is no failure: its batch comes again.
      if (this.#stop.signal.aborted && (!result || result.functionError)) return
      const failedAt = result && this.#failedAt(result, wanted)
      if (failedAt === undefined) return this.#advance(batch)
      failures += 1
      // What comes before the first record that failed is done.
      const done = batch.slice(0, batch.findIndex(({ key }) => key === failedAt))
      await this.#advance(done)
      batch = batch.slice(done.length)
      if (bisects && batch.length > 1) {
        const middle = Math.ceil(batch.length / 2)
        await this.#process(found, batch.slice(0, middle))
        return this.#stop.signal.aborted ? undefined : this.#process(found, batch.slice(middle))
      }
      if (retries >= 0 && failures > retries) return this.#giveUp(found, batch, { condition: 'RetryAttemptsExhausted', count: failures, requestId, result })
      await this.#sleep(Math.min(FIRST_PAUSE_MS * 2 ** (failures - 1), LONGEST_PAUSE_MS))
    }
  }

  #passes({ record }: StreamRecord): boolean {
    return this.#patterns.length === 0 || this.#patterns.some((pattern) => matchesPattern(pattern, record))
  }

  async #dropOld(found: Found, batch: Entry[], failures: number): Promise<Entry[]> {
    const { maximumAge } = this.mapping.stream!
    const oldest = maximumAge < 0 ? -Infinity : this.#sandbox.now() - maximumAge * 1000
    const old = batch.filter(({ value }) => value.at < oldest)
    if (old.length > 0) await this.#giveUp(found, old, { condition: 'RecordAgeExceeded', count: failures, requestId: randomUUID() })
    return batch.slice(old.length)
  }

  /** Runs the function; where it is throttled, tries again until it runs. */
  async #invoke(entries: Entry[], requestId: string): Promise<InvokeResult | undefined> {
    const name = functionOf(this.mapping)
    const Records = entries.map(({ value }) => eventRecord(value, this.mapping.queueArn))
    const request = { requestId, payload: Buffer.from(JSON.stringify({ Records })), invokedArn: functionArn(name) }
    while (!this.#stop.signal.aborted) {
      const record = await requireFunction(this.#sandbox, name)
      const { version, alias } = resolveQualifier(record, name)
      try {
        return await runFunction(this.#sandbox, record, routeInvocation(record, version, alias?.weights), request)
      } catch (error) {
        if (!(error instanceof TooManyRequests)) throw error
        await this.#sleep(THROTTLE_PAUSE_MS)
      }
    }
    return undefined
  }

  /** The sequence number of the first record that failed; undefined where none did. */
  #failedAt({ functionError, payload }: InvokeResult, entries: Entry[]): string | undefined {
    const first = entries[0]!.key
    if (functionError) return first
    if (!this.mapping.reportsFailures) return undefined
    try {
      const answer = JSON.parse(payload.toString('utf8')) as { batchItemFailures?: { itemIdentifier?: string }[] | null } | null
      const reported = (answer?.batchItemFailures ?? []).map(({ itemIdentifier }) => itemIdentifier)
      // A report that names what was not in the batch fails all of it.
      if (!reported.every((id) => entries.some(({ key }) => key === id))) return first
      return (reported as string[]).sort()[0]
    } catch {
      return first
    }
  }

  /** Notes that these records are done. */
  async #advance(entries: Entry[]): Promise<void> {
    const last = entries.at(-1)
    if (last) await this.#sandbox.store.put(positions, scopeOf(this.mapping), this.mapping.uuid, { after: last.key })
  }

  async #giveUp(found: Found, entries: Entry[], end: GivenUp): Promise<void> {
    const { destination } = this.mapping.stream!
    if (destination !== undefined) await this.#tell(destination, failureRecord(this.mapping, found, entries, end, this.#sandbox.now()))
    await this.#advance(entries)
  }

  /** A destination that cannot be reached is a problem to show, and stops no stream. */
  async #tell(destination: string, record: ReturnType<typeof failureRecord>): Promise<void> {
    const name = functionOf(this.mapping)
    const { account, region } = name
    try {
      const { version } = resolveQualifier(await requireFunction(this.#sandbox, name), name)
      await deliver(this.#sandbox, { account, region, functionName: name.name, roleArn: version.settings.role }, destination, { body: JSON.stringify(record), isSuccess: false, folder: `${this.mapping.uuid}/${record.DDBStreamBatchInfo.shardId}` })
    } catch (error) {
      this.problem = (error as Error).message
    }
  }

  #sleep(ms: number): Promise<void> {
    const { signal } = this.#stop
    return new Promise((resolve) => {
      if (signal.aborted) return resolve()
      const end = () => {
        clearTimeout(timer)
        signal.removeEventListener('abort', end)
        resolve()
      }
      const timer = setTimeout(end, ms).unref()
      signal.addEventListener('abort', end)
    })
  }
}

/** A record as it stands in a function's event. */
function eventRecord({ record }: StreamRecord, eventSourceARN: string) {
  const { userIdentity, ...rest } = record
  return { ...rest, eventSourceARN, ...(userIdentity ? { userIdentity: { type: userIdentity.Type, principalId: userIdentity.PrincipalId } } : {}) }
}

/** As many of the first records as fit into an event; at least one. */
function fitting(entries: Entry[]): Entry[] {
  let bytes = 0
  const end = entries.findIndex(({ value }) => (bytes += Buffer.byteLength(JSON.stringify(value.record))) > LARGEST_EVENT)
  return end === -1 ? entries : entries.slice(0, Math.max(1, end))
}

/** What a destination gets of a batch that is given up (Lambda developer guide, "Retain discarded batches for a DynamoDB event source"). */
function failureRecord(mapping: EventSourceMapping, { stream }: Found, entries: Entry[], { condition, count, requestId, result }: GivenUp, now: number) {
  const [first, last] = [entries[0]!, entries.at(-1)!]
  return {
    requestContext: { requestId, functionArn: functionArn(functionOf(mapping)), condition, approximateInvokeCount: count },
    ...(result ? { responseContext: { statusCode: 200, executedVersion: result.executedVersion, functionError: result.functionError } } : {}),
    version: '1.0',
    timestamp: new Date(now).toISOString(),
    DDBStreamBatchInfo: {
      shardId: shardId(stream),
      startSequenceNumber: first.key,
      endSequenceNumber: last.key,
      approximateArrivalOfFirstRecord: new Date(first.value.at).toISOString(),
      approximateArrivalOfLastRecord: new Date(last.value.at).toISOString(),
      batchSize: entries.length,
      streamArn: mapping.queueArn,
    },
  }
}
