import type { Sandbox } from '../../sandbox'
import { scopeOf } from '../../store'
import { changeState } from './change-state'
import { findAlarm, lockAlarms, writesOf } from './metric-alarms'
import type { AlarmState, MetricAlarm } from './records'
import { datapoints, statisticOf } from './statistics'

/** Periods before those that count, whose values stand in for missing ones ("How alarm state is evaluated when data is missing"). */
const MORE_PERIODS = 2
const COMPARISONS: Record<string, { holds(value: number, threshold: number): boolean; words: string }> = {
  GreaterThanOrEqualToThreshold: { holds: (value, threshold) => value >= threshold, words: 'greater than or equal to' },
  GreaterThanThreshold: { holds: (value, threshold) => value > threshold, words: 'greater than' },
  LessThanThreshold: { holds: (value, threshold) => value < threshold, words: 'less than' },
  LessThanOrEqualToThreshold: { holds: (value, threshold) => value <= threshold, words: 'less than or equal to' },
}

/** Whether a comparison is known here; those with anomaly bands are not. */
export function isComparison(name: string): boolean {
  return Object.hasOwn(COMPARISONS, name)
}

/** An alarm's period is over: its metric is looked at, and what a new state asks for is done. */
export async function evaluateAlarm(sandbox: Sandbox, scope: string, name: string): Promise<void> {
  const [account, region] = scope.split('/') as [string, string]
  await lockAlarms(sandbox, account, async () => {
    const alarm = await findAlarm(sandbox, { account, region }, name)
    const found = alarm && (await judge(sandbox, alarm))
    if (alarm && found && found.state !== alarm.state) return changeState(sandbox, alarm, found.state, found.reason, found.data)
    const { writes, arm } = writesOf(sandbox, { account, region }, name, alarm)
    await sandbox.store.batch(writes)
    arm()
  })
}

async function judge(sandbox: Sandbox, alarm: MetricAlarm): Promise<{ state: AlarmState; reason: string; data: string } | undefined> {
  const length = alarm.period * 1000
  const statistic = alarm.statistic ?? alarm.extendedStatistic!
  const until = Math.floor(sandbox.now() / length) * length
  const periods = alarm.evaluationPeriods
  const points = await datapoints(sandbox, scopeOf(alarm), alarm, { from: until - (periods + MORE_PERIODS) * length, until, period: alarm.period, unit: alarm.unit })
  const known = new Map(points.map(({ at, bucket }) => [at, statisticOf(bucket, statistic)]))
  const values = Array.from({ length: periods + MORE_PERIODS }, (_, i) => known.get(until - (i + 1) * length))
  const present = values.filter((value) => value !== undefined)
  const treat = alarm.treatMissing ?? 'missing'
  const { holds, words } = COMPARISONS[alarm.comparison]!
  const data = JSON.stringify({ version: '1.0', queryDate: new Date(sandbox.now()).toISOString(), statistic, period: alarm.period, recentDatapoints: present.slice(0, periods).reverse(), threshold: alarm.threshold })
  if (present.length === 0 && treat === 'ignore') return undefined
  if (present.length === 0 && treat === 'missing') return { state: 'INSUFFICIENT_DATA', reason: 'Insufficient Data: no datapoints were received.', data }
  const filled = treat === 'breaching' || treat === 'notBreaching'
  // Where missing values count as something, the periods themselves are looked at; else the newest values that are there.
  const judged = filled ? values.slice(0, periods).map((value) => (value === undefined ? treat === 'breaching' : holds(value, alarm.threshold))) : present.slice(0, periods).map((value) => holds(value!, alarm.threshold))
  const breaching = judged.filter(Boolean).length
  const needed = alarm.datapointsToAlarm ?? periods
  const state = breaching >= Math.min(needed, judged.length) && breaching > 0 ? 'ALARM' : 'OK'
  const shown = present.slice(0, periods).map((value) => `${value}`).join(', ')
  const count = state === 'ALARM' ? breaching : judged.length - breaching
  const reason = `Threshold Crossed: ${count} out of the last ${judged.length} datapoints [${shown}] ${count === 1 ? 'was' : 'were'} ${state === 'ALARM' ? '' : 'not '}${words} the threshold (${alarm.threshold})${present.length < judged.length ? `; missing ones are treated as ${treat}` : ''}.`
  return { state, reason, data }
}
