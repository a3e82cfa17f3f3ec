import type { Sandbox } from '../../sandbox'
import { findFunction, resolveQualifier } from './functions'
import type { FunctionName } from './names'
import { asyncEvents, type AsyncEvent } from './records'
import { routeInvocation, runFunction } from './run-function'

/** Lambda tries again after one minute, then after two (Lambda developer guide, "How Lambda handles errors"). */
const RETRY_AFTER_MS = [60_000, 120_000]
const OLDEST_MS = 6 * 3_600_000
const FIRST_REFUSAL_MS = 1000
const LONGEST_REFUSAL_MS = 300_000

/**
 * The queue of asynchronous invocations. What it accepts is written first, runs at least once, again after a function error,
 * and is found again after a restart.
 */
export class AsyncEvents {
  readonly #timers = new Map<string, NodeJS.Timeout>()
  readonly #running = new Set<Promise<void>>()
  #isClosed = false

  constructor(
    private readonly sandbox: Sandbox,
    private readonly retryAfterMs: number[] = RETRY_AFTER_MS,
  ) {}

  /** Takes up what an earlier run of the sandbox accepted. */
  async resume(): Promise<void> {
    for (const scope of await this.sandbox.store.scopes(asyncEvents, '')) {
      for (const { key, value } of await this.sandbox.store.list(asyncEvents, scope)) this.#schedule(scope, key, value.notBefore)
    }
  }

  /** Writes an invocation; once this resolves it will run. */
  async accept(event: Omit<AsyncEvent, 'acceptedAt' | 'failures' | 'refusals' | 'notBefore'>): Promise<void> {
    const now = this.sandbox.now()
    const accepted: AsyncEvent = { ...event, acceptedAt: now, failures: 0, refusals: 0, notBefore: now }
    const key = `${String(now).padStart(15, '0')}-${event.requestId}`
    await this.sandbox.store.put(asyncEvents, scopeOf(event), key, accepted)
    this.#schedule(scopeOf(event), key, now)
  }

  /** Stops starting runs and waits for those at work to be written down. */
  async close(): Promise<void> {
    this.#isClosed = true
    for (const timer of this.#timers.values()) clearTimeout(timer)
    await Promise.allSettled(this.#running)
  }

  /** Only the key waits in memory: events may be a megabyte each, and many. */
  #schedule(scope: string, key: string, notBefore: number): void {
    if (this.#isClosed) return
    const timer = setTimeout(() => {
      this.#timers.delete(key)
      const run = this.#run(scope, key).catch(console.error)
      this.#running.add(run)
      void run.finally(() => this.#running.delete(run))
    }, Math.max(0, notBefore - this.sandbox.now()))
    timer.unref()
    this.#timers.set(key, timer)
  }

  async #run(scope: string, key: string): Promise<void> {
    const event = await this.sandbox.store.get(asyncEvents, scope, key)
    if (!event) return
    const outcome = await this.#try(event)
    // A run that the closing sandbox cut short has not come to its end.
    if (this.#isClosed && outcome !== 'done') return
    if (outcome === 'failed') event.failures += 1
    if (outcome === 'refused') event.refusals += 1
    const wait = outcome === 'refused' ? Math.min(FIRST_REFUSAL_MS * 2 ** (event.refusals - 1), LONGEST_REFUSAL_MS) : this.retryAfterMs[event.failures - 1]
    const next = this.sandbox.now() + (wait ?? 0)
    if (outcome === 'done' || wait === undefined || next > event.acceptedAt + OLDEST_MS) {
      await this.sandbox.store.delete(asyncEvents, scope, key)
      return
    }
    event.notBefore = next
    await this.sandbox.store.put(asyncEvents, scope, key, event)
    this.#schedule(scope, key, next)
  }

  async #try(event: AsyncEvent): Promise<'done' | 'failed' | 'refused'> {
    const name: FunctionName = { account: event.account, region: event.region, name: event.functionName, ...(event.qualifier === undefined ? {} : { qualifier: event.qualifier }) }
    const record = await findFunction(this.sandbox, name)
    if (!record) return 'done'
    try {
      const { version, alias } = resolveQualifier(record, name)
      const result = await runFunction(this.sandbox, record, routeInvocation(record, version, alias?.weights), {
        requestId: event.requestId,
        payload: Buffer.from(event.payload, 'base64'),
        invokedArn: event.invokedArn,
        ...(event.clientContext === undefined ? {} : { clientContext: event.clientContext }),
      })
      return result.functionError ? 'failed' : 'done'
    } catch (error) {
      return (error as Error).name === 'ResourceNotFoundException' ? 'done' : 'refused'
    }
  }
}

function scopeOf({ account, region }: { account: string; region: string }): string {
  return `${account}/${region}`
}
