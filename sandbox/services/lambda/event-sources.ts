import type { Sandbox } from '../../sandbox'
import { mappings, type EventSourceMapping } from './event-source-mappings'
import { SqsPoller } from './sqs-poller'
import { StreamPoller } from './stream-poller'

/** The pollers of all enabled mappings; they begin again after a restart. */
export class EventSources {
  readonly #pollers = new Map<string, SqsPoller | StreamPoller>()
  readonly #stopping = new Map<Promise<void>, string>()

  constructor(private readonly sandbox: Sandbox) {}

  /** Takes up the mappings of an earlier run of the sandbox. */
  async resume(): Promise<void> {
    for (const scope of await this.sandbox.store.scopes(mappings, '')) {
      for (const { value } of await this.sandbox.store.list(mappings, scope)) this.follow(value)
    }
  }

  /** Polls as the mapping says from now on, or not at all where it is disabled. Batches at work finish as they were. */
  follow(mapping: EventSourceMapping): void {
    const stopping = this.drop(mapping.uuid)
    if (!mapping.isEnabled) return
    // A stream is read in order: the next poller begins where the one before has ended.
    this.#pollers.set(mapping.uuid, mapping.stream ? new StreamPoller(this.sandbox, mapping, stopping) : new SqsPoller(this.sandbox, mapping))
  }

  /** Ends a mapping's polling. @returns when the batches at work are done */
  drop(uuid: string): Promise<void> {
    const poller = this.#pollers.get(uuid)
    if (!poller) return Promise.resolve()
    this.#pollers.delete(uuid)
    const stopping = poller.stop()
    this.#stopping.set(stopping, uuid)
    void stopping.finally(() => this.#stopping.delete(stopping))
    return stopping
  }

  /** The state of a mapping: one that is switched off sees the batches at work through first. */
  stateOf({ uuid, isEnabled }: EventSourceMapping): string {
    if (isEnabled) return 'Enabled'
    return [...this.#stopping.values()].includes(uuid) ? 'Disabling' : 'Disabled'
  }

  /** Why a mapping cannot poll at the moment; undefined where it can. */
  problemOf(uuid: string): string | undefined {
    return this.#pollers.get(uuid)?.problem
  }

  /** Ends all polling, and waits for the batches at work. */
  async close(): Promise<void> {
    for (const uuid of [...this.#pollers.keys()]) this.drop(uuid)
    await Promise.all(this.#stopping.keys())
  }
}
