import type { Delivery } from './records'
import { WaitingList } from './waiting-list'

/** A message on the shelf. */
export interface Entry extends Delivery {
  sequence: string
  state: 'ready' | 'delayed' | 'inFlight'
}

/** Messages that must go out one after the other: a group of a FIFO queue. In a standard queue each message is its own. */
interface Lane {
  key: string
  entries: Set<Entry>
  inFlight: number
}

/**
 * Which messages of a queue can be received now, in memory: taking the next ones costs the same however many there are.
 * Knows order and time, nothing of bodies or the disk.
 */
export class Shelf {
  readonly #entries = new Map<string, Entry>()
  readonly #lanes = new Map<string, Lane>()
  /** Lanes whose first message can go out. */
  readonly #ready = new Map<string, Lane>()
  readonly #waiting = new WaitingList<Entry>()
  readonly #counts = { ready: 0, delayed: 0, inFlight: 0 }

  constructor(private readonly isFifo: boolean) {}

  add(sequence: string, delivery: Delivery, now: number): void {
    const isWaiting = delivery.visibleAt > now
    const entry: Entry = { ...delivery, sequence, state: isWaiting ? (delivery.receipt === undefined ? 'delayed' : 'inFlight') : 'ready' }
    const key = this.#laneOf(entry)
    let lane = this.#lanes.get(key)
    if (!lane) this.#lanes.set(key, (lane = { key, entries: new Set(), inFlight: 0 }))
    lane.entries.add(entry)
    this.#entries.set(sequence, entry)
    this.#counts[entry.state] += 1
    if (entry.state === 'inFlight') lane.inFlight += 1
    if (isWaiting) this.#waiting.add(entry.visibleAt, entry)
    this.#refresh(lane)
  }

  get(sequence: string): Entry | undefined {
    return this.#entries.get(sequence)
  }

  /** Up to so many messages that can go out together; {@link hold} or {@link remove} each. */
  next(now: number, most: number): Entry[] {
    this.#wake(now)
    const found: Entry[] = []
    for (const lane of this.#ready.values()) {
      for (const entry of lane.entries) {
        if (found.length === most) return found
        if (entry.state !== 'ready') break
        found.push(entry)
      }
    }
    return found
  }

  /** Hides a message until a time; one that is past shows it at once. */
  hold(entry: Entry, until: number, now: number): void {
    this.#become(entry, until > now ? 'inFlight' : 'ready')
    entry.visibleAt = until
    if (until > now) this.#waiting.add(until, entry)
  }

  remove(entry: Entry): void {
    const lane = this.#lanes.get(this.#laneOf(entry))!
    if (entry.state === 'inFlight') lane.inFlight -= 1
    this.#counts[entry.state] -= 1
    this.#entries.delete(entry.sequence)
    lane.entries.delete(entry)
    if (lane.entries.size === 0) this.#lanes.delete(lane.key)
    this.#refresh(lane)
  }

  /** All messages, oldest first. */
  all(): IterableIterator<Entry> {
    return this.#entries.values()
  }

  counts(now: number): { ready: number; delayed: number; inFlight: number } {
    this.#wake(now)
    return { ...this.#counts }
  }

  /** When the next hidden message comes to light, in epoch ms; it may be a little early. */
  nextChange(): number | undefined {
    return this.#waiting.first?.at
  }

  #wake(now: number): void {
    for (let first = this.#waiting.first; first && first.at <= now; first = this.#waiting.first) {
      this.#waiting.takeFirst()
      const { at, item } = first
      // The list is not searched when a message is held anew or deleted: what does not match any more is passed over here.
      if (item.visibleAt === at && item.state !== 'ready' && this.#entries.get(item.sequence) === item) this.#become(item, 'ready')
    }
  }

  #become(entry: Entry, state: Entry['state']): void {
    const lane = this.#lanes.get(this.#laneOf(entry))!
    lane.inFlight += (state === 'inFlight' ? 1 : 0) - (entry.state === 'inFlight' ? 1 : 0)
    this.#counts[entry.state] -= 1
    this.#counts[state] += 1
    entry.state = state
    this.#refresh(lane)
  }

  #refresh(lane: Lane): void {
    const [head] = lane.entries
    if (head?.state === 'ready' && lane.inFlight === 0) this.#ready.set(lane.key, lane)
    else this.#ready.delete(lane.key)
  }

  #laneOf(entry: Entry): string {
    return this.isFifo ? (entry.group ?? '') : entry.sequence
  }
}
