import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { Seal } from './seal'
import type { AsyncEvents } from './services/lambda/async-events'
import type { Engine } from './services/lambda/engine/index'
import type { EventSources } from './services/lambda/event-sources'
import { Store } from './store'

/** What every operation can reach: the store, the seal, the clock, the Lambda engine and its queue. */
export interface Sandbox {
  readonly dataDir: string
  readonly auth: 'strict' | 'open'
  readonly store: Store
  readonly seal: Seal
  readonly engine: Engine
  /** Asynchronous invocations of Lambda functions. */
  readonly asyncEvents: AsyncEvents
  /** Queues whose messages go to functions. */
  readonly eventSources: EventSources
  /** Epoch ms. */
  now(): number
  /** `http://127.0.0.1:4566`, known once it listens. */
  url(): string
}

export interface SandboxOptions {
  /** Folder of all state. */
  data: string
  /** 0 picks a free one. */
  port?: number
  host?: string
  /** `open` takes any key as root of the account that it names; loopback only. */
  auth?: 'strict' | 'open'
  /** `none` runs handlers without bubblewrap even where it is there. */
  isolation?: 'auto' | 'none'
  /** Waits before an asynchronous invocation that failed is tried again, in ms: one and two minutes as on Lambda where not given. */
  asyncRetryMs?: number[]
  /** Bearer token of the admin API; made at random where not given. */
  adminToken?: string
}

/** Opens the state of a data folder. Fails with the store's error where another process holds it. */
export async function openState(options: SandboxOptions): Promise<{ store: Store; seal: Seal }> {
  mkdirSync(options.data, { recursive: true })
  return { store: await Store.open(join(options.data, 'state')), seal: new Seal(options.data) }
}
