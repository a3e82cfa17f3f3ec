import { RecursiveInvocationException } from '@aws-sdk/client-lambda'
import { randomUUID } from 'node:crypto'
import type { Sandbox } from '../../sandbox'
import { numberOf, redriveOf } from '../sqs/attributes'
import { deleteMessage, receive, send, type NewMessage, type Received } from '../sqs/messages'
import { parseQueueArn } from '../sqs/names'
import { findQueue, requireQueue } from '../sqs/queues'
import type { Queue, StoredMessage } from '../sqs/records'
import { TooManyRequests, type InvokeResult } from './engine/types'
import { parseEventPattern, type EventPattern } from '../../event-pattern'
import { functionOf, missingRight, type EventSourceMapping } from './event-source-mappings'
import { requireFunction, resolveQualifier } from './functions'
import { functionArn } from './names'
import { FIRST_PAUSE_MS, LARGEST_EVENT, LONGEST_PAUSE_MS, THROTTLE_PAUSE_MS, WAIT_MS } from './polling'
import { longestTrace } from './recursion'
import { routeInvocation, runFunction } from './run-function'
import { passes, sqsRecord, type SqsRecord } from './sqs-event'

/** Lambda begins with five batches at once (Lambda developer guide, "Configuring scaling behavior for SQS event source mappings"). */
const BATCHES_AT_ONCE = 5
const LARGEST_RECEIVE = 10

/** Takes messages of one queue to one function, batch by batch, until it is stopped. */
export class SqsPoller {
  /** Why it cannot poll at the moment. */
  problem: string | undefined
  readonly #stop = new AbortController()
  readonly #patterns: EventPattern[]
  readonly #batches = new Set<Promise<void>>()
  readonly #polling: Promise<void>

  constructor(
    private readonly sandbox: Sandbox,
    private readonly mapping: EventSourceMapping,
  ) {
    this.#patterns = mapping.filters.map(parseEventPattern)
    this.#polling = this.#poll()
  }

  /** The queue's clock, by which its messages are hidden. */
  #now(): number {
    return this.sandbox.clock.now(this.mapping.account)
  }

  /** Takes no more messages, and waits for the batches at work. */
  async stop(): Promise<void> {
    this.#stop.abort()
    await this.#polling
    await Promise.all(this.#batches)
  }

  async #poll(): Promise<void> {
    let pause = FIRST_PAUSE_MS
    while (!this.#stop.signal.aborted) {
      try {
        const queue = await this.#ready()
        const batch = await this.#gather(queue)
        pause = FIRST_PAUSE_MS
        this.problem = undefined
        if (batch.length > 0) await this.#start(queue, batch)
      } catch (error) {
        this.problem = (error as Error).message
        await this.#sleep(pause)
        pause = Math.min(pause * 2, LONGEST_PAUSE_MS)
      }
    }
  }

  /** The queue, where function and role are as they must be. */
  async #ready(): Promise<Queue> {
    const name = functionOf(this.mapping)
    const { version } = resolveQualifier(await requireFunction(this.sandbox, name), name)
    const missing = await missingRight(this.sandbox, this.mapping, version.settings.role)
    if (missing) throw new Error(missing)
    return requireQueue(this.sandbox, parseQueueArn(this.mapping.queueArn)!)
  }

  /** Waits for a message, then within the window for more. */
  async #gather(queue: Queue): Promise<Received[]> {
    const { batchSize, window } = this.mapping
    const visibilityMs = numberOf(queue, 'VisibilityTimeout') * 1000
    const next = (most: number, waitMs: number) => receive(this.sandbox, queue, { most: Math.min(most, LARGEST_RECEIVE), visibilityMs, waitMs, signal: this.#stop.signal })
    const batch = await next(batchSize, WAIT_MS)
    const until = this.#now() + window * 1000
    let bytes = sizeOf(batch)
    while (batch.length > 0 && batch.length < batchSize && bytes < LARGEST_EVENT && this.#now() < until && !this.#stop.signal.aborted) {
      const more = await next(batchSize - batch.length, until - this.#now())
      bytes += sizeOf(more)
      batch.push(...more)
    }
    return batch
  }

  async #start(queue: Queue, batch: Received[]): Promise<void> {
    const work = this.#process(queue, batch).catch((error) => {
      this.problem = (error as Error).message
    })
    this.#batches.add(work)
    void work.finally(() => this.#batches.delete(work))
    const most = this.mapping.maximumConcurrency ?? BATCHES_AT_ONCE
    while (this.#batches.size >= most) await Promise.race(this.#batches)
  }

  /** What the filters do not let through is deleted; so is what the function did not fail on. */
  async #process(queue: Queue, batch: Received[]): Promise<void> {
    const records = batch.map((received) => sqsRecord(received, this.mapping.queueArn))
    const wanted = records.filter((record) => passes(this.#patterns, record))
    await this.#delete(queue, records.filter((record) => !wanted.includes(record)))
    for (const part of parts(wanted)) {
      const result = await this.#invoke(queue, part).catch((error) => {
        if (error instanceof RecursiveInvocationException) return this.#giveUp(queue, batch, part)
        throw error
      })
      if (!result || result.functionError) continue
      const failed = this.mapping.reportsFailures ? failures(result.payload, part) : new Set<string>()
      await this.#delete(queue, part.filter(({ messageId }) => !failed.has(messageId)))
    }
  }

  /** Runs the function; where it is throttled tries again while the messages are hidden from others. */
  async #invoke(queue: Queue, records: SqsRecord[]): Promise<InvokeResult | undefined> {
    const name = functionOf(this.mapping)
    const request = { requestId: randomUUID(), payload: Buffer.from(JSON.stringify({ Records: records })), invokedArn: functionArn(name) }
    const traces = records.map(({ attributes }) => attributes.AWSTraceHeader)
    const until = this.#now() + (numberOf(queue, 'VisibilityTimeout') * 1000) / 2
    while (!this.#stop.signal.aborted) {
      const record = await requireFunction(this.sandbox, name)
      const { version, alias } = resolveQualifier(record, name)
      try {
        return await runFunction(this.sandbox, record, routeInvocation(record, version, alias?.weights), { ...request, ...traceOf(longestTrace(record, traces)) })
      } catch (error) {
        if (!(error instanceof TooManyRequests) || this.#now() + THROTTLE_PAUSE_MS > until) throw error
        await this.#sleep(THROTTLE_PAUSE_MS)
      }
    }
    return undefined
  }

  /** Messages of a loop go to the dead letter queue at once, or nowhere where there is none. */
  async #giveUp(queue: Queue, batch: Received[], records: SqsRecord[]): Promise<undefined> {
    const target = redriveOf(queue)?.target
    const deadLetters = target && (await findQueue(this.sandbox, target))
    const looped = batch.filter(({ message }) => records.some(({ messageId }) => messageId === message.id))
    if (deadLetters) await send(this.sandbox, deadLetters, looped.map(({ message }) => deadLetter(message, this.mapping.queueArn)))
    await this.#delete(queue, records)
  }

  async #delete(queue: Queue, records: SqsRecord[]): Promise<void> {
    await Promise.all(records.map(({ receiptHandle }) => deleteMessage(this.sandbox, queue, receiptHandle)))
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

/**
 * The ids that a function reports as failed; all of them where the report cannot be understood
 * (Lambda developer guide, "Implementing partial batch responses").
 */
function failures(payload: Buffer, records: SqsRecord[]): Set<string> {
  const all = new Set(records.map(({ messageId }) => messageId))
  try {
    const answer = JSON.parse(payload.toString('utf8')) as { batchItemFailures?: { itemIdentifier?: string }[] | null } | null
    const reported = (answer?.batchItemFailures ?? []).map(({ itemIdentifier }) => itemIdentifier)
    return reported.every((id) => id !== undefined && all.has(id)) ? new Set(reported as string[]) : all
  } catch {
    return all
  }
}

function traceOf(traceId: string | undefined): { traceId?: string } {
  return traceId === undefined ? {} : { traceId }
}

/** A message as it lies in the dead letter queue. */
function deadLetter({ body, attributes, attributesMd5, system }: StoredMessage, from: string): NewMessage {
  const { SentTimestamp: _sent, SequenceNumber: _sequence, MessageGroupId: group, MessageDeduplicationId: deduplicationId, ...kept } = system
  return {
    body,
    ...(attributes ? { attributes, attributesMd5: attributesMd5! } : {}),
    system: { ...kept, DeadLetterQueueSourceArn: from },
    delayMs: 0,
    ...(group === undefined ? {} : { group }),
    ...(deduplicationId === undefined ? {} : { deduplicationId }),
  }
}

function sizeOf(batch: Received[]): number {
  return batch.reduce((sum, { message }) => sum + Buffer.byteLength(message.body), 0)
}

/** Cuts a batch so that each part fits into an event. */
function parts(records: SqsRecord[]): SqsRecord[][] {
  const all: SqsRecord[][] = []
  let bytes = Infinity
  for (const record of records) {
    const size = Buffer.byteLength(JSON.stringify(record))
    if (bytes + size > LARGEST_EVENT) {
      all.push([])
      bytes = 0
    }
    all.at(-1)!.push(record)
    bytes += size
  }
  return all
}
