import { randomBytes, randomUUID } from 'node:crypto'
import { MessageNotInflight, OverLimit, PurgeQueueInProgress, ReceiptHandleIsInvalid } from '@aws-sdk/client-sqs'
import type { Sandbox } from '../../sandbox'
import type { Store, Write } from '../../store'
import { isFifo, numberOf, redriveOf } from './attributes'
import { invalidParameter } from './errors'
import { md5 } from './md5'
import { queueArn } from './names'
import { findQueue } from './queues'
import { deduplications, deliveries, messages, type Deduplication, type Delivery, type Queue, type StoredMessage } from './records'
import { Shelf, type Entry } from './shelf'

const DEDUPLICATION_MS = 300_000
const PURGE_EVERY_MS = 60_000
const LONGEST_HIDDEN_MS = 43_200_000
const MOST_IN_FLIGHT = 120_000

/** A queue's messages as the process holds them. */
interface Loaded {
  account: string
  shelf: Shelf
  deduplications: Map<string, Deduplication>
  lastSequence: bigint
  purgedAt: number
  /** Receivers that wait for a message. */
  waiting: Set<() => void>
}

const loadedQueues = new WeakMap<Store, Map<string, Promise<Loaded>>>()

/** A queue's messages are read from the disk once; from then on the memory and the disk are changed together. */
function load(sandbox: Sandbox, queue: Queue): Promise<Loaded> {
  const all = loadedQueues.get(sandbox.store) ?? watchClock(sandbox)
  let loaded = all.get(queue.id)
  if (!loaded) all.set(queue.id, (loaded = read(sandbox, queue)))
  return loaded
}

/** Receivers who wait look anew when the clock jumps. */
function watchClock(sandbox: Sandbox): Map<string, Promise<Loaded>> {
  const all = new Map<string, Promise<Loaded>>()
  loadedQueues.set(sandbox.store, all)
  sandbox.clock.onMove((account) => {
    for (const loading of all.values()) void loading.then((loaded) => loaded.account === account && wake(loaded), () => {})
  })
  return all
}

async function read(sandbox: Sandbox, queue: Queue): Promise<Loaded> {
  const shelf = new Shelf(isFifo(queue))
  const now = sandbox.clock.now(queue.account)
  let lastSequence = 0n
  for (const { key, value } of await sandbox.store.list(deliveries, queue.id)) {
    shelf.add(key, value, now)
    lastSequence = BigInt(key)
  }
  const known = await sandbox.store.list(deduplications, queue.id)
  known.sort((a, b) => a.value.until - b.value.until)
  return { account: queue.account, shelf, deduplications: new Map(known.map(({ key, value }) => [key, value])), lastSequence, purgedAt: 0, waiting: new Set() }
}

/** A message to send, checked. */
export interface NewMessage {
  body: string
  attributes?: StoredMessage['attributes']
  attributesMd5?: string
  system: Record<string, string>
  delayMs: number
  group?: string
  deduplicationId?: string
}

export interface Sent {
  id: string
  sequence: string
}

/** Writes messages, all or none. Those that a FIFO queue had within five minutes are not written again. */
export async function send(sandbox: Sandbox, queue: Queue, given: NewMessage[]): Promise<Sent[]> {
  const loaded = await load(sandbox, queue)
  const now = sandbox.clock.now(queue.account)
  const writes: Write[] = forgetDeduplications(loaded, queue, now)
  const added: { sequence: string; delivery: Delivery }[] = []
  const sent = given.map((message): Sent => {
    const key = deduplicationKey(queue, message)
    const before = key === undefined ? undefined : loaded.deduplications.get(key)
    if (before) return before
    const sequence = nextSequence(loaded, now)
    const id = randomUUID()
    const { body, attributes, attributesMd5, system, delayMs, group, deduplicationId } = message
    const stored: StoredMessage = {
      id,
      body,
      md5: md5(body),
      ...(attributes ? { attributes, attributesMd5: attributesMd5! } : {}),
      system: {
        ...system,
        SentTimestamp: String(now),
        ...(group === undefined ? {} : { MessageGroupId: group }),
        ...(deduplicationId === undefined ? {} : { MessageDeduplicationId: deduplicationId }),
        ...(isFifo(queue) ? { SequenceNumber: sequence } : {}),
      },
    }
    const delivery: Delivery = { sentAt: now, visibleAt: now + delayMs, received: 0, receivedHere: 0, ...(group === undefined ? {} : { group }) }
    writes.push(...put(queue, sequence, stored, delivery))
    added.push({ sequence, delivery })
    if (key !== undefined) {
      const deduplication = { id, sequence, until: now + DEDUPLICATION_MS }
      loaded.deduplications.set(key, deduplication)
      writes.push({ collection: deduplications, scope: queue.id, key, value: deduplication })
    }
    return { id, sequence }
  })
  await sandbox.store.batch(writes)
  for (const { sequence, delivery } of added) loaded.shelf.add(sequence, delivery, now)
  if (added.length > 0) wake(loaded)
  return sent
}

/** A message as it goes out. */
export interface Received {
  message: StoredMessage
  delivery: Delivery
  handle: string
}

/**
 * Takes messages and hides them from others; waits for the first one where there is none.
 * @param options.visibilityMs how long they are hidden; `waitMs` how long to wait; `signal` ends the wait
 */
export async function receive(
  sandbox: Sandbox,
  queue: Queue,
  options: { most: number; visibilityMs: number; waitMs: number; signal?: AbortSignal | undefined },
): Promise<Received[]> {
  const loaded = await load(sandbox, queue)
  const until = sandbox.clock.now(queue.account) + options.waitMs
  for (;;) {
    const taken = await take(sandbox, queue, loaded, options)
    const now = sandbox.clock.now(queue.account)
    if (taken.length > 0 || now >= until || options.signal?.aborted) return taken
    await change(loaded, Math.min(until, loaded.shelf.nextChange() ?? until) - now, options.signal)
    // The settings may have changed, or the queue gone, while this waited.
    const current = await findQueue(sandbox, queue)
    if (current?.id !== queue.id) return []
    queue = current
  }
}

async function take(sandbox: Sandbox, queue: Queue, loaded: Loaded, { most, visibilityMs }: { most: number; visibilityMs: number }): Promise<Received[]> {
  const { shelf } = loaded
  const redrive = redriveOf(queue)
  const deadLetters = redrive && (await findQueue(sandbox, redrive.target))
  const now = sandbox.clock.now(queue.account)
  if (shelf.counts(now).inFlight >= MOST_IN_FLIGHT) {
    throw new OverLimit({ message: 'Too many messages in flight.', $metadata: {} })
  }
  const oldest = now - numberOf(queue, 'MessageRetentionPeriod') * 1000
  const taken: Entry[] = []
  const dead: Entry[] = []
  const writes: Write[] = []
  // Chosen without a pause, so that no two receivers choose the same.
  for (let next = shelf.next(now, most); next.length > 0; next = shelf.next(now, most - taken.length)) {
    for (const entry of next) {
      if (entry.sentAt <= oldest) {
        shelf.remove(entry)
        writes.push(...remove(queue, entry.sequence))
      } else if (deadLetters && entry.receivedHere >= redrive!.most) {
        shelf.remove(entry)
        dead.push(entry)
      } else {
        entry.received += 1
        entry.receivedHere += 1
        entry.firstReceivedAt ??= now
        entry.receipt = randomBytes(12).toString('base64url')
        shelf.hold(entry, now + visibilityMs, now)
        taken.push(entry)
        writes.push({ collection: deliveries, scope: queue.id, key: entry.sequence, value: deliveryOf(entry) })
      }
    }
    if (taken.length === most || visibilityMs === 0) break
  }
  if (writes.length > 0) await sandbox.store.batch(writes)
  for (const entry of dead) await bury(sandbox, queue, deadLetters!, entry)
  const found = await Promise.all(taken.map(async (entry) => ({ entry, message: await sandbox.store.get(messages, queue.id, entry.sequence) })))
  return found.flatMap(({ entry, message }) => (message ? [{ message, delivery: deliveryOf(entry), handle: handleOf(queue, entry) }] : []))
}

/** Moves a message to the dead letter queue in one write. */
async function bury(sandbox: Sandbox, from: Queue, to: Queue, entry: Entry): Promise<void> {
  const message = await sandbox.store.get(messages, from.id, entry.sequence)
  if (message) await move(sandbox, from, to, entry, { ...message, system: { ...message.system, DeadLetterQueueSourceArn: queueArn(from) } })
}

/** Moves a message between queues; a FIFO queue counts its age anew, a standard one does not. */
async function move(sandbox: Sandbox, from: Queue, to: Queue, { sequence: before, receipt: _receipt, ...entry }: Entry, message: StoredMessage): Promise<void> {
  const target = await load(sandbox, to)
  const now = sandbox.clock.now(to.account)
  const sequence = nextSequence(target, now)
  const { sentAt, received, firstReceivedAt, group } = entry
  const delivery: Delivery = {
    sentAt: isFifo(to) ? now : sentAt,
    visibleAt: now,
    received,
    receivedHere: 0,
    ...(firstReceivedAt === undefined ? {} : { firstReceivedAt }),
    ...(group === undefined ? {} : { group }),
  }
  const moved = isFifo(to) ? { ...message, system: { ...message.system, SequenceNumber: sequence } } : message
  await sandbox.store.batch([...remove(from, before), ...put(to, sequence, moved, delivery)])
  target.shelf.add(sequence, delivery, now)
  wake(target)
}

/**
 * Moves messages that can be received, at most so many, on to other queues as new messages.
 * @param destination of a message, or why there is none: that one and those behind it stay
 */
export async function moveOn(sandbox: Sandbox, from: Queue, most: number, destination: (message: StoredMessage) => Promise<Queue | string>): Promise<{ moved: number; failure?: string }> {
  const { shelf } = await load(sandbox, from)
  const now = sandbox.clock.now(from.account)
  const taken = shelf.next(now, most)
  for (const entry of taken) shelf.remove(entry)
  for (const [moved, entry] of taken.entries()) {
    const message = (await sandbox.store.get(messages, from.id, entry.sequence))!
    const to = await destination(message)
    if (typeof to === 'string') {
      for (const { sequence, ...left } of taken.slice(moved)) shelf.add(sequence, left, now)
      return { moved, failure: to }
    }
    const { DeadLetterQueueSourceArn: _cameFrom, ...system } = message.system
    const anew = { sequence: entry.sequence, state: entry.state, sentAt: now, visibleAt: now, received: 0, receivedHere: 0, ...(entry.group === undefined ? {} : { group: entry.group }) }
    await move(sandbox, from, to, anew, { ...message, id: randomUUID(), system: { ...system, SentTimestamp: String(now) } })
  }
  return { moved: taken.length }
}

/** Deletes a message by its latest receipt. @throws ReceiptHandleIsInvalid; InvalidParameterValue where a FIFO queue shows it again */
export async function deleteMessage(sandbox: Sandbox, queue: Queue, handle: string): Promise<void> {
  const loaded = await load(sandbox, queue)
  const { shelf } = loaded
  const { sequence, receipt } = parseHandle(queue, handle)
  const entry = shelf.get(sequence)
  if (!entry) return
  if (entry.receipt !== receipt || (isFifo(queue) && entry.visibleAt <= sandbox.clock.now(queue.account))) {
    if (isFifo(queue)) throw expired(handle)
    return
  }
  shelf.remove(entry)
  await sandbox.store.batch(remove(queue, sequence))
  // The rest of its group may be free now.
  if (isFifo(queue)) wake(loaded)
}

/**
 * Hides a message for longer or shorter, reckoned from now.
 * @throws ReceiptHandleIsInvalid, MessageNotInflight, InvalidParameterValue where it would be hidden for more than 12 hours
 */
export async function changeVisibility(sandbox: Sandbox, queue: Queue, handle: string, ms: number): Promise<void> {
  const loaded = await load(sandbox, queue)
  const { sequence, receipt } = parseHandle(queue, handle)
  const entry = loaded.shelf.get(sequence)
  const now = sandbox.clock.now(queue.account)
  if (!entry) throw invalidParameter(`Value ${handle} for parameter ReceiptHandle is invalid. Reason: Message does not exist or is not available for visibility timeout change.`)
  if (entry.receipt !== receipt) throw expired(handle)
  if (entry.visibleAt <= now) throw new MessageNotInflight({ message: 'The message referred to is not in flight.', $metadata: {} })
  if (now + ms - entry.firstReceivedAt! > LONGEST_HIDDEN_MS) {
    throw invalidParameter(`Value ${ms / 1000} for parameter VisibilityTimeout is invalid. Reason: Total VisibilityTimeout for the message is beyond the limit [43200 seconds].`)
  }
  loaded.shelf.hold(entry, now + ms, now)
  await sandbox.store.put(deliveries, queue.id, sequence, deliveryOf(entry))
  wake(loaded)
}

/** Deletes all messages that are there now. @throws PurgeQueueInProgress within a minute of the last time */
export async function purge(sandbox: Sandbox, queue: Queue): Promise<void> {
  const loaded = await load(sandbox, queue)
  const now = sandbox.clock.now(queue.account)
  if (now - loaded.purgedAt < PURGE_EVERY_MS) {
    throw new PurgeQueueInProgress({ message: `Only one PurgeQueue operation on ${queue.name} is allowed every 60 seconds.`, $metadata: {} })
  }
  loaded.purgedAt = now
  const all = [...loaded.shelf.all()]
  for (const entry of all) loaded.shelf.remove(entry)
  await sandbox.store.batch(all.flatMap(({ sequence }) => remove(queue, sequence)))
}

/** Forgets the messages of a queue that is no more. */
export async function forget(sandbox: Sandbox, queue: Queue): Promise<void> {
  const loaded = await load(sandbox, queue)
  loadedQueues.get(sandbox.store)?.delete(queue.id)
  wake(loaded)
  await Promise.all([messages, deliveries, deduplications].map((of) => sandbox.store.clear(of, queue.id)))
}

/** How many messages can be received, are delayed, are in flight; those beyond their retention are dropped first. */
export async function count(sandbox: Sandbox, queue: Queue): Promise<{ ready: number; delayed: number; inFlight: number }> {
  const { shelf } = await load(sandbox, queue)
  const now = sandbox.clock.now(queue.account)
  const oldest = now - numberOf(queue, 'MessageRetentionPeriod') * 1000
  const old: string[] = []
  for (const entry of shelf.all()) {
    if (entry.sentAt > oldest) break
    old.push(entry.sequence)
  }
  for (const sequence of old) shelf.remove(shelf.get(sequence)!)
  if (old.length > 0) await sandbox.store.batch(old.flatMap((sequence) => remove(queue, sequence)))
  return shelf.counts(now)
}

function put(queue: Queue, key: string, message: StoredMessage, delivery: Delivery): Write[] {
  return [
    { collection: messages, scope: queue.id, key, value: message },
    { collection: deliveries, scope: queue.id, key, value: delivery },
  ]
}

function remove(queue: Queue, key: string): Write[] {
  return [messages, deliveries].map((of) => ({ collection: of, scope: queue.id, key }))
}

function deliveryOf({ sentAt, visibleAt, received, receivedHere, firstReceivedAt, receipt, group }: Entry): Delivery {
  return {
    sentAt,
    visibleAt,
    received,
    receivedHere,
    ...(firstReceivedAt === undefined ? {} : { firstReceivedAt }),
    ...(receipt === undefined ? {} : { receipt }),
    ...(group === undefined ? {} : { group }),
  }
}

/** Twenty digits that grow, as the sequence numbers of FIFO queues. */
function nextSequence(loaded: Loaded, now: number): string {
  const byClock = BigInt(now) * 10_000_000n
  loaded.lastSequence = byClock > loaded.lastSequence ? byClock : loaded.lastSequence + 1n
  return String(loaded.lastSequence).padStart(20, '0')
}

function deduplicationKey(queue: Queue, { deduplicationId, group }: NewMessage): string | undefined {
  if (!isFifo(queue)) return undefined
  return queue.attributes.DeduplicationScope === 'messageGroup' ? `${group} ${deduplicationId}` : deduplicationId
}

function forgetDeduplications(loaded: Loaded, queue: Queue, now: number): Write[] {
  const writes: Write[] = []
  for (const [key, { until }] of loaded.deduplications) {
    if (until > now) break
    loaded.deduplications.delete(key)
    writes.push({ collection: deduplications, scope: queue.id, key })
  }
  return writes
}

function handleOf(queue: Queue, { sequence, receipt }: Entry): string {
  return Buffer.from(`${queue.id} ${sequence} ${receipt}`).toString('base64')
}

function parseHandle(queue: Queue, handle: string): { sequence: string; receipt: string } {
  const [id, sequence, receipt] = Buffer.from(handle, 'base64').toString('utf8').split(' ')
  if (id !== queue.id || sequence === undefined || receipt === undefined) {
    throw new ReceiptHandleIsInvalid({ message: `The input receipt handle "${handle}" is not a valid receipt handle.`, $metadata: {} })
  }
  return { sequence, receipt }
}

function expired(handle: string) {
  return invalidParameter(`Value ${handle} for parameter ReceiptHandle is invalid. Reason: The receipt handle has expired.`)
}

function wake(loaded: Loaded): void {
  for (const tell of loaded.waiting) tell()
}

/** Ends when a message came, the time is up or the signal says so. */
function change(loaded: Loaded, ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', end)
      loaded.waiting.delete(end)
      resolve()
    }
    const timer = setTimeout(end, Math.max(ms, 1)).unref()
    signal?.addEventListener('abort', end)
    loaded.waiting.add(end)
  })
}
