/** One record of what happens in an environment, as the Telemetry API tells it. */
export interface TelemetryRecord {
  /** ISO 8601. */
  time: string
  /** `function`, or e.g. `platform.start`. */
  type: string
  record: unknown
}

/** What an extension asked to be told, and where. */
export interface Subscription {
  types: string[]
  maxItems: number
  maxBytes: number
  timeoutMs: number
  port: number
  path: string
}

/** What an environment did before anyone could subscribe is kept up to this many records. */
const mostKept = 1000

/**
 * Reads the body of a subscription to the Telemetry API or the older Logs API. Gives what is wrong with it instead where it is.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/telemetry-api-reference.html
 */
export function readSubscription(body: Record<string, any> | undefined): Subscription | string {
  const { types, destination, buffering = {} } = body ?? {}
  if (!Array.isArray(types) || types.length === 0 || types.some((type) => !['platform', 'function', 'extension'].includes(type))) return 'types must be some of platform, function and extension'
  if (destination?.protocol !== 'HTTP') return 'destination.protocol must be HTTP'
  const url = URL.canParse(destination.URI) ? new URL(destination.URI) : undefined
  if (url?.protocol !== 'http:' || !['sandbox.local', 'sandbox'].includes(url.hostname) || !url.port) return 'destination.URI must be http://sandbox.local:PORT'
  if (Number(url.port) < 1024) return 'destination.URI must name a port from 1024 on'
  const within = (value: unknown, least: number, usual: number, most: number) => Math.min(Math.max(Number(value ?? usual) || usual, least), most)
  return {
    types,
    maxItems: within(buffering.maxItems, 1000, 10_000, 10_000),
    maxBytes: within(buffering.maxBytes, 262_144, 262_144, 1_048_576),
    timeoutMs: within(buffering.timeoutMs, 25, 1000, 30_000),
    port: Number(url.port),
    path: url.pathname,
  }
}

/** Hands records to the extensions that subscribed, several at a time. */
export class Telemetry {
  #kept: TelemetryRecord[] = []
  readonly #subscribers: { wants(record: TelemetryRecord): boolean; add(record: TelemetryRecord): void; flush(): void }[] = []

  /** @param enabled false where no extension can subscribe: then nothing is kept */
  constructor(private readonly enabled: boolean) {}

  publish(record: TelemetryRecord): void {
    if (!this.enabled) return
    if (this.#kept.length < mostKept) this.#kept.push(record)
    for (const subscriber of this.#subscribers) if (subscriber.wants(record)) subscriber.add(record)
  }

  /** @param send takes the JSON text of a batch */
  subscribe(subscription: Subscription, send: (body: string) => void): void {
    let waiting: TelemetryRecord[] = []
    let bytes = 0
    let timer: NodeJS.Timeout | undefined
    const flush = () => {
      clearTimeout(timer)
      timer = undefined
      if (waiting.length > 0) send(JSON.stringify(waiting))
      waiting = []
      bytes = 0
    }
    const subscriber = {
      wants: ({ type }: TelemetryRecord) => subscription.types.includes(type.split('.')[0]!),
      add(record: TelemetryRecord) {
        waiting.push(record)
        bytes += JSON.stringify(record.record).length
        if (waiting.length >= subscription.maxItems || bytes >= subscription.maxBytes) flush()
        else timer ??= setTimeout(flush, subscription.timeoutMs).unref()
      },
      flush,
    }
    for (const record of this.#kept) if (subscriber.wants(record)) subscriber.add(record)
    this.#subscribers.push(subscriber)
  }

  /** From now on late subscribers are told what comes next only. */
  forget(): void {
    this.#kept = []
  }

  /** Sends what is waiting. */
  flush(): void {
    for (const subscriber of this.#subscribers) subscriber.flush()
  }
}
