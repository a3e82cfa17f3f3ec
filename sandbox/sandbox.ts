import type { Alarms } from './alarms'
import type { Clock } from './clock'
import { openFolder, openMemory, type State } from './data-folder'
import type { Outbox } from './outbox'
import type { Seal } from './seal'
import type { Metrics } from './services/cloudwatch/metrics'
import type { AsyncEvents } from './services/lambda/async-events'
import type { Engine } from './services/lambda/engine/index'
import type { EventSources } from './services/lambda/event-sources'
import type { Store } from './store'

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
  /** Hosts beyond the sandbox that HTTP integrations and subscriptions may call. */
  readonly allowOutgoing: string[]
  readonly clock: Clock
  /** What services must do at a time. */
  readonly alarms: Alarms
  /** CloudWatch's metrics. */
  readonly metrics: Metrics
  /** What services hand to one another. */
  readonly outbox: Outbox
  /** Epoch ms: the machine's time, and in the view of an account ({@link inAccount}) that account's. */
  now(): number
  /** `http://127.0.0.1:4566`, known once it listens. */
  url(): string
}

export interface SandboxOptions {
  /** Folder of all state; needed unless `memory` is asked. */
  data?: string
  /** Keeps all state in memory; it is gone when the sandbox closes. */
  memory?: boolean
  /** 0 picks a free one. */
  port?: number
  host?: string
  /** `open` takes any key as root of the account that it names; loopback only. */
  auth?: 'strict' | 'open'
  /** `none` runs handlers without bubblewrap even where it is there. */
  isolation?: 'auto' | 'none'
  /** Waits before an asynchronous invocation that failed is tried again, in ms: one and two minutes as on Lambda where not given. */
  asyncRetryMs?: number[]
  /** Hosts (`api.example.com`, `127.0.0.1:8080`) beyond the sandbox that HTTP integrations of API Gateway and HTTP subscriptions of SNS may call; none where not given. */
  allowOutgoing?: string[]
  /** How long a stop waits for calls and invocations that are under way, in ms; ten seconds where not given. */
  stopWithinMs?: number
  /** Bearer token of the admin API; made at random where not given. */
  adminToken?: string
}

/** Opens the state of a data folder, or one in memory. @throws DataFolderRefused */
export async function openState({ data, memory }: Pick<SandboxOptions, 'data' | 'memory'>): Promise<State> {
  if (memory) {
    if (data !== undefined) throw new Error('Either a data folder or memory holds the state, not both.')
    return openMemory()
  }
  if (data === undefined) throw new Error('A sandbox needs a data folder (data), or memory: true.')
  return openFolder(data)
}
