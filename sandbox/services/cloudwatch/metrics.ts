import { createHash } from 'node:crypto'
import type { Store, Write } from '../../store'
import { buckets, series, type Bucket, type Dimension, type Metric } from './records'

const MINUTE_MS = 60_000
const FLUSH_AFTER_MS = 1000
/** Different values within a minute that are kept for percentiles. */
const MOST_VALUES = 1000

/** Values to add to a metric. */
export interface Datum extends Metric {
  /** Epoch ms. */
  at: number
  unit?: string
  /** Values with how often each came, or statistics of values that nobody knows. */
  values: [value: number, times: number][] | { count: number; sum: number; min: number; max: number }
}

/** The metrics of all accounts, by minutes. What services add is written within a second; {@link Metrics.flush} writes at once. */
export class Metrics {
  #pending = new Map<string, { scope: string; datum: Metric; minute: number; bucket: Bucket }>()
  #timer: NodeJS.Timeout | undefined
  #flushing: Promise<void> = Promise.resolve()

  constructor(private readonly store: Store) {}

  add(scope: string, datum: Datum): void {
    const minute = Math.floor(datum.at / MINUTE_MS) * MINUTE_MS
    const key = `${scope} ${minute} ${identity(datum)}`
    const added = bucketOf(datum)
    const before = this.#pending.get(key)
    this.#pending.set(key, { scope, datum, minute, bucket: before ? merge(before.bucket, added) : added })
    this.#timer ??= setTimeout(() => void this.flush().catch(console.error), FLUSH_AFTER_MS).unref()
  }

  /** Writes what was added so far. */
  flush(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const pending = [...this.#pending.values()]
    this.#pending = new Map()
    const write = this.#flushing.then(() => this.#write(pending))
    this.#flushing = write.catch(() => {})
    return write
  }

  async #write(pending: { scope: string; datum: Metric; minute: number; bucket: Bucket }[]): Promise<void> {
    const writes: Write[] = []
    for (const { scope, datum, minute, bucket } of pending) {
      const id = seriesKey(datum)
      const key = bucketKey(id, minute)
      const [kept, known] = await Promise.all([this.store.get(buckets, scope, key), this.store.get(series, scope, id)])
      writes.push({ collection: buckets, scope, key, value: kept ? merge(kept, bucket) : bucket })
      const { namespace, name, dimensions } = datum
      if (!known || known.lastAt < minute) writes.push({ collection: series, scope, key: id, value: { namespace, name, dimensions, lastAt: minute } })
    }
    if (writes.length > 0) await this.store.batch(writes)
  }
}

/** The key of a metric's series. */
export function seriesKey({ namespace, name, dimensions }: Metric): string {
  return createHash('sha1').update(identity({ namespace, name, dimensions })).digest('hex')
}

/** What tells a metric from others, as text: the digest of it is for the store, not for each value that is added. */
function identity({ namespace, name, dimensions }: Metric): string {
  return JSON.stringify([namespace, name, sorted(dimensions).map((one) => [one.name, one.value])])
}

/** Dimensions by name: their order says nothing. */
export function sorted(dimensions: Dimension[]): Dimension[] {
  return [...dimensions].sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** The buckets of a series from one time to before another, by minute. */
export async function bucketsBetween(store: Store, scope: string, id: string, from: number, until: number): Promise<{ minute: number; bucket: Bucket }[]> {
  const found = await store.list(buckets, scope, { prefix: `${id}:`, after: bucketKey(id, from - 1) })
  const all = found.map(({ key, value }) => ({ minute: Number(key.slice(id.length + 1)), bucket: value }))
  return all.filter(({ minute }) => minute >= from && minute < until)
}

function bucketKey(id: string, minute: number): string {
  return `${id}:${String(minute).padStart(15, '0')}`
}

function bucketOf({ values, unit = 'None' }: Datum): Bucket {
  if (!Array.isArray(values)) return { ...values, unit }
  const each = values.map(([value]) => value)
  return {
    count: values.reduce((sum, [, times]) => sum + times, 0),
    sum: values.reduce((sum, [value, times]) => sum + value * times, 0),
    min: Math.min(...each),
    max: Math.max(...each),
    values,
    unit,
  }
}

/** Two buckets as one. */
export function merge(a: Bucket, b: Bucket): Bucket {
  const values = new Map(a.values)
  for (const [value, times] of b.values ?? []) values.set(value, (values.get(value) ?? 0) + times)
  const areKnown = a.values && b.values && values.size <= MOST_VALUES
  return { count: a.count + b.count, sum: a.sum + b.sum, min: Math.min(a.min, b.min), max: Math.max(a.max, b.max), unit: a.unit, ...(areKnown ? { values: [...values] } : {}) }
}
