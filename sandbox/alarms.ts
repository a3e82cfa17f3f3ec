import { inAccount, type Clock } from './clock'
import type { Service } from './operation'
import type { Sandbox } from './sandbox'
import { accountOf, collection, type Store, type Write } from './store'
import { Timetable } from './timetable'

/** When something is due, in epoch ms of the account's clock. Scope: that of the thing; keyed by `service/id`. */
const alarms = collection<{ at: number }>('alarms')
const AGAIN_AFTER_MS = 5000

/**
 * Times at which a service must do something, such as run a schedule. They are written down and survive a restart: one that
 * passed meanwhile, or that a clock jumped over, rings once.
 */
export class Alarms {
  readonly #timetable: Timetable
  #ring: (scope: string, key: string, at: number) => Promise<void> = () => Promise.reject(new Error('Alarms are not awake yet.'))

  constructor(
    private readonly store: Store,
    private readonly clock: Clock,
  ) {
    this.#timetable = new Timetable(clock, (scope, key) => this.#due(scope, key))
  }

  /** Wakes what an earlier run of the sandbox had set. */
  async resume(sandbox: Sandbox, services: Service[]): Promise<void> {
    this.#ring = async (scope, key, at) => {
      const [name, ...id] = key.split('/')
      await services.find((service) => service.name === name)?.alarm?.(inAccount(sandbox, accountOf(scope)), scope, id.join('/'), at)
    }
    for (const scope of await this.store.scopes(alarms, '')) {
      for (const { key, value } of await this.store.list(alarms, scope)) this.#timetable.set(scope, key, value.at)
    }
  }

  /** What writes an alarm, to be in one batch with what it belongs to; without a time it is taken back. {@link set} it then. */
  write(service: string, scope: string, id: string, at: number | undefined): Write {
    return { collection: alarms, scope, key: `${service}/${id}`, ...(at === undefined ? {} : { value: { at } }) }
  }

  /** Sets an alarm that was written. */
  set(service: string, scope: string, id: string, at: number | undefined): void {
    if (at === undefined) this.#timetable.clear(scope, `${service}/${id}`)
    else this.#timetable.set(scope, `${service}/${id}`, at)
  }

  close(): Promise<void> {
    return this.#timetable.close()
  }

  /** Whoever is rung writes the next alarm or takes this one back; where that fails it rings again. */
  async #due(scope: string, key: string): Promise<void> {
    const alarm = await this.store.get(alarms, scope, key)
    if (!alarm || this.#timetable.isClosed) return
    try {
      await this.#ring(scope, key, alarm.at)
    } catch (error) {
      console.error(error)
      this.#timetable.set(scope, key, this.clock.now(accountOf(scope)) + AGAIN_AFTER_MS)
    }
  }
}
