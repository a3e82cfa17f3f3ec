import type { Sandbox } from '../../sandbox'
import { bucketsBetween, merge, seriesKey } from './metrics'
import type { Bucket, Metric } from './records'

const MS = 1000

/** What a metric had within a period that begins at a time, epoch ms. */
export interface Datapoint {
  at: number
  bucket: Bucket
}

/**
 * A metric by periods, the oldest first; periods without values are left out.
 * @param options.period seconds; `unit` takes only what came in it
 */
export async function datapoints(sandbox: Sandbox, scope: string, metric: Metric, options: { from: number; until: number; period: number; unit?: string | undefined }): Promise<Datapoint[]> {
  await sandbox.metrics.flush()
  const length = options.period * MS
  const from = Math.floor(options.from / length) * length
  const byPeriod = new Map<number, Bucket>()
  for (const { minute, bucket } of await bucketsBetween(sandbox.store, scope, seriesKey(metric), from, options.until)) {
    if (options.unit !== undefined && bucket.unit !== options.unit) continue
    const at = Math.floor(minute / length) * length
    const before = byPeriod.get(at)
    byPeriod.set(at, before ? merge(before, bucket) : bucket)
  }
  return [...byPeriod].map(([at, bucket]) => ({ at, bucket }))
}

/** Whether this names a statistic that is known here: `Average`, `p99.9` and the like. */
export function isStatistic(name: string): boolean {
  return ['SampleCount', 'Average', 'Sum', 'Minimum', 'Maximum'].includes(name) || /^p(100|\d{1,2})(\.\d+)?$/.test(name)
}

/** A statistic of a bucket; undefined for a percentile of values that are not known. */
export function statisticOf(bucket: Bucket, name: string): number | undefined {
  switch (name) {
    case 'SampleCount':
      return bucket.count
    case 'Average':
      return bucket.sum / bucket.count
    case 'Sum':
      return bucket.sum
    case 'Minimum':
      return bucket.min
    case 'Maximum':
      return bucket.max
    default:
      return bucket.values && percentile(bucket.values, bucket.count, Number(name.slice(1)))
  }
}

function percentile(values: [number, number][], count: number, percent: number): number | undefined {
  let left = (percent / 100) * count
  const inOrder = [...values].sort(([a], [b]) => a - b)
  for (const [value, times] of inOrder) {
    left -= times
    if (left <= 0) return value
  }
  return inOrder.at(-1)?.[0]
}
