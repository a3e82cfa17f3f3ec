import { AwsError } from './errors'
import type { Sandbox } from './sandbox'
import { collection, type Store } from './store'

/** How far an account's clock is ahead of the machine's, in ms. Scope {@link ALL}, keyed by account. */
const offsets = collection<number>('clock/offsets')
const ALL = 'all'
/** Longer than any retention or expiry that people wait for, and far from where dates end. */
const FURTHEST_MS = 20 * 366 * 86_400_000

/** The accounts' clocks: each is the machine's, or moved forward from it, never back. */
export class Clock {
  readonly #listeners = new Set<(account: string) => void>()

  private constructor(
    private readonly store: Store,
    private readonly offsets: Map<string, number>,
  ) {}

  static async open(store: Store): Promise<Clock> {
    const kept = await store.list(offsets, ALL)
    return new Clock(store, new Map(kept.map(({ key, value }) => [key, value])))
  }

  /** How far an account's clock is ahead of the machine's, in ms. */
  aheadBy(account: string): number {
    return this.offsets.get(account) ?? 0
  }

  /** An account's time, in epoch ms. */
  now(account: string): number {
    return Date.now() + this.aheadBy(account)
  }

  /**
   * Moves an account's clock forward by so many ms; schedules, expiries and visibility follow at once.
   * @throws AwsError InvalidClock where it would go back, or further than twenty years ahead
   */
  async forward(account: string, ms: number): Promise<void> {
    await this.store.lock(`clock ${account}`, async () => {
      const ahead = this.aheadBy(account) + ms
      if (!(ms >= 0 && ahead <= FURTHEST_MS)) throw new AwsError('InvalidClock', 'forwardSeconds: a clock goes forward only, and at most twenty years ahead.', 400)
      await this.store.put(offsets, ALL, account, ahead)
      this.offsets.set(account, ahead)
    })
    for (const tell of this.#listeners) tell(account)
  }

  /** Tells of each move, so that whoever waits for a time looks anew. Gives what ends it. */
  onMove(listener: (account: string) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
}

/** The sandbox as an account sees it: `now()` is the account's time. */
export function inAccount(sandbox: Sandbox, account: string): Sandbox {
  return Object.create(sandbox, { now: { value: () => sandbox.clock.now(account) } }) as Sandbox
}
