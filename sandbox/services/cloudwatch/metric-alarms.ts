import { randomUUID } from 'node:crypto'
import type { MetricAlarm as WireAlarm } from '@aws-sdk/client-cloudwatch'
import type { Call } from '../../operation'
import type { Sandbox } from '../../sandbox'
import { scopeOf, type Write } from '../../store'
import { describeDimensions } from './metric-input'
import { history, metricAlarms, type HistoryItem, type MetricAlarm } from './records'

const ALARM = 'monitoring'

type Place = Pick<Call, 'account' | 'region'>

export function alarmArn({ account, region }: Place, name: string): string {
  return `arn:aws:cloudwatch:${region}:${account}:alarm:${name}`
}

export function findAlarm(sandbox: Sandbox, place: Place, name: string): Promise<MetricAlarm | undefined> {
  return sandbox.store.get(metricAlarms, scopeOf(place), name)
}

/** All alarms of an account in a region, by name. */
export async function listAlarms(sandbox: Sandbox, place: Place): Promise<MetricAlarm[]> {
  return (await sandbox.store.list(metricAlarms, scopeOf(place))).map(({ value }) => value)
}

/** Runs `work` alone on an account's alarms. */
export function lockAlarms<T>(sandbox: Sandbox, account: string, work: () => Promise<T>): Promise<T> {
  return sandbox.store.lock(`cloudwatch ${account}`, work)
}

/** When an alarm looks at its metric next: as its period ends, and the values of it have come in. */
function evaluatedNext({ period }: MetricAlarm, now: number): number {
  const length = Math.max(60, period) * 1000
  return (Math.floor(now / length) + 1) * length
}

/** What writes an alarm and when it is evaluated, or without one deletes it; `arm` after the batch. */
export function writesOf(sandbox: Sandbox, place: Place, name: string, alarm: MetricAlarm | undefined, at = alarm && evaluatedNext(alarm, sandbox.now())): { writes: Write[]; arm(): void } {
  const scope = scopeOf(place)
  return {
    writes: [{ collection: metricAlarms, scope, key: name, ...(alarm ? { value: alarm } : {}) }, sandbox.alarms.write(ALARM, scope, name, at)],
    arm: () => sandbox.alarms.set(ALARM, scope, name, at),
  }
}

/** What writes an entry of the alarm's history. */
export function historyWrite(sandbox: Sandbox, place: Place, item: Omit<HistoryItem, 'at'>): Write {
  const at = sandbox.now()
  return { collection: history, scope: scopeOf(place), key: `${String(at).padStart(15, '0')}-${randomUUID()}`, value: { ...item, at } }
}

/** An alarm as AWS shows it. */
export function describeAlarm(alarm: MetricAlarm): WireAlarm {
  return {
    AlarmName: alarm.alarmName,
    AlarmArn: alarmArn(alarm, alarm.alarmName),
    AlarmDescription: alarm.description,
    AlarmConfigurationUpdatedTimestamp: new Date(alarm.configuredAt),
    ActionsEnabled: alarm.actionsEnabled,
    OKActions: alarm.okActions,
    AlarmActions: alarm.alarmActions,
    InsufficientDataActions: alarm.insufficientDataActions,
    StateValue: alarm.state,
    StateReason: alarm.reason,
    StateReasonData: alarm.reasonData,
    StateUpdatedTimestamp: new Date(alarm.stateAt),
    StateTransitionedTimestamp: new Date(alarm.stateAt),
    MetricName: alarm.name,
    Namespace: alarm.namespace,
    Statistic: alarm.statistic as WireAlarm['Statistic'],
    ExtendedStatistic: alarm.extendedStatistic,
    Dimensions: describeDimensions(alarm.dimensions),
    Period: alarm.period,
    Unit: alarm.unit as WireAlarm['Unit'],
    EvaluationPeriods: alarm.evaluationPeriods,
    DatapointsToAlarm: alarm.datapointsToAlarm,
    Threshold: alarm.threshold,
    ComparisonOperator: alarm.comparison as WireAlarm['ComparisonOperator'],
    TreatMissingData: alarm.treatMissing,
  }
}

/** Turns the actions of alarms on or off. */
export function turnActions(call: Call, names: string[], actionsEnabled: boolean): Promise<void> {
  return lockAlarms(call.sandbox, call.account, async () => {
    for (const name of names) {
      const alarm = await findAlarm(call.sandbox, call, name)
      if (alarm) await call.sandbox.store.put(metricAlarms, scopeOf(call), name, { ...alarm, actionsEnabled })
    }
  })
}
