import type { LogEvent, LogTarget } from './types'

const flushAfterMs = 40
/** PutLogEvents takes at most this many bytes, each event counted with 26 bytes more. */
const maxBatchBytes = 1_048_576

/** Collects an environment's log events and delivers them in order, a batch at a time, without anyone waiting. */
export class LogShipper {
  readonly #target: LogTarget
  readonly #deliver: (target: LogTarget, events: LogEvent[]) => Promise<void>
  #waiting: LogEvent[] = []
  #timer: NodeJS.Timeout | undefined
  #delivery: Promise<void> = Promise.resolve()

  constructor(target: LogTarget, deliver: (target: LogTarget, events: LogEvent[]) => Promise<void>) {
    this.#target = target
    this.#deliver = deliver
  }

  /** Takes an event; it is on its way within 40 ms. */
  add(event: LogEvent): void {
    this.#waiting.push(event)
    this.#timer ??= setTimeout(() => void this.flush(), flushAfterMs)
  }

  /** Sends what is waiting; resolves when everything added before has been delivered or refused. */
  flush(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const batches = inBatches(this.#waiting.splice(0))
    for (const batch of batches)
      this.#delivery = this.#delivery.then(() => this.#deliver(this.#target, batch)).catch(() => {})
    return this.#delivery
  }
}

function inBatches(events: LogEvent[]): LogEvent[][] {
  const batches: LogEvent[][] = []
  let bytes = Infinity
  for (const event of events) {
    const size = Buffer.byteLength(event.message) + 26
    if (bytes + size > maxBatchBytes || batches.at(-1)!.length === 10_000) {
      batches.push([])
      bytes = 0
    }
    batches.at(-1)!.push(event)
    bytes += size
  }
  return batches
}
