import type { Clock } from './clock'
import { accountOf } from './store'

/** setTimeout takes no more: some 24 days. */
const LONGEST_TIMER_MS = 2 ** 31 - 1

interface Entry {
  scope: string
  key: string
  at: number
  timer: NodeJS.Timeout
}

/**
 * Calls back when the clock of an account shows a time, also where it jumps there. It is memory only: whoever uses it
 * writes down what must outlive the process. A scope begins with its account, as in the store.
 */
export class Timetable {
  readonly #entries = new Map<string, Entry>()
  readonly #running = new Set<Promise<void>>()
  readonly #stopListening: () => void
  #isClosed = false

  /** @param due called with what was set; it is no longer in the timetable then */
  constructor(
    private readonly clock: Clock,
    private readonly due: (scope: string, key: string) => Promise<void>,
  ) {
    this.#stopListening = clock.onMove((account) => {
      for (const entry of [...this.#entries.values()]) if (accountOf(entry.scope) === account) this.set(entry.scope, entry.key, entry.at)
    })
  }

  get isClosed(): boolean {
    return this.#isClosed
  }

  /** Sets when a key is due, in epoch ms of its account; takes the place of what was set before. */
  set(scope: string, key: string, at: number): void {
    this.clear(scope, key)
    if (this.#isClosed) return
    const wait = Math.max(0, at - this.clock.now(accountOf(scope)))
    const timer = setTimeout(() => (wait > LONGEST_TIMER_MS ? this.set(scope, key, at) : this.#run(scope, key)), Math.min(wait, LONGEST_TIMER_MS)).unref()
    this.#entries.set(address(scope, key), { scope, key, at, timer })
  }

  clear(scope: string, key: string): void {
    clearTimeout(this.#entries.get(address(scope, key))?.timer)
    this.#entries.delete(address(scope, key))
  }

  /** Calls back no more, and waits for what is running. */
  async close(): Promise<void> {
    this.#isClosed = true
    this.#stopListening()
    for (const { timer } of this.#entries.values()) clearTimeout(timer)
    await Promise.allSettled(this.#running)
  }

  #run(scope: string, key: string): void {
    this.#entries.delete(address(scope, key))
    const run = this.due(scope, key).catch(console.error)
    this.#running.add(run)
    void run.finally(() => this.#running.delete(run))
  }
}

function address(scope: string, key: string): string {
  return `${scope}\0${key}`
}
