import type { Delivery } from '../../outbox'
import type { Sandbox } from '../../sandbox'
import { alarmArn, historyWrite, writesOf } from './metric-alarms'
import type { AlarmState, MetricAlarm } from './records'

const SERVICE = 'cloudwatch.amazonaws.com'
const LAMBDA_SERVICE = 'lambda.alarms.cloudwatch.amazonaws.com'
const RETRY = { attempts: 10, ageSeconds: 3600, waits: [1000, 5000, 30_000, 60_000] }
const REGIONS: Record<string, string> = { 'us-east-1': 'US East (N. Virginia)', 'ap-southeast-1': 'Asia Pacific (Singapore)' }

/** Writes an alarm's new state with its history and what its actions send, all in one moment. */
export async function changeState(sandbox: Sandbox, before: MetricAlarm, state: AlarmState, reason: string, reasonData: string | undefined): Promise<void> {
  const { reasonData: _old, ...kept } = before
  const alarm: MetricAlarm = { ...kept, state, reason, stateAt: sandbox.now(), ...(reasonData === undefined ? {} : { reasonData }) }
  const actions = !alarm.actionsEnabled ? [] : state === 'ALARM' ? alarm.alarmActions : state === 'OK' ? alarm.okActions : alarm.insufficientDataActions
  const sent = sandbox.outbox.prepare(sandbox, actions.map((action) => deliveryOf(alarm, before.state, action)))
  const { writes, arm } = writesOf(sandbox, alarm, alarm.alarmName, alarm)
  const data = (one: MetricAlarm) => ({ stateValue: one.state, stateReason: one.reason })
  const told = historyWrite(sandbox, alarm, {
    alarmName: alarm.alarmName,
    type: 'StateUpdate',
    summary: `Alarm updated from ${before.state} to ${state}`,
    data: JSON.stringify({ version: '1.0', oldState: data(before), newState: data(alarm) }),
  })
  const done = actions.map((action) => historyWrite(sandbox, alarm, { alarmName: alarm.alarmName, type: 'Action', summary: `Successfully executed action ${action}`, data: JSON.stringify({ actionState: 'Succeeded', stateUpdateTimestamp: alarm.stateAt, notificationResource: action }) }))
  await sandbox.store.batch([...writes, told, ...done, ...sent.writes])
  sent.send()
  arm()
}

function deliveryOf(alarm: MetricAlarm, oldState: AlarmState, target: string): Omit<Delivery, 'id' | 'acceptedAt' | 'failures'> {
  const { account, region } = alarm
  const isTopic = target.startsWith('arn:aws:sns:')
  const place = REGIONS[region] ?? region
  return {
    account,
    region,
    target,
    // A topic's default policy lets in what the account itself sends, and so alarms.
    sender: { service: isTopic ? SERVICE : LAMBDA_SERVICE, sourceArn: alarmArn(alarm, alarm.alarmName), ...(isTopic ? { isOwner: true } : {}) },
    body: JSON.stringify(isTopic ? notification(alarm, oldState, place) : lambdaEvent(alarm, oldState)),
    ...(isTopic ? { subject: `${alarm.state}: "${alarm.alarmName}" in ${place}`.slice(0, 100) } : {}),
    retry: RETRY,
  }
}

/** "Amazon SNS notification format" of alarms. */
function notification(alarm: MetricAlarm, oldState: AlarmState, place: string) {
  return {
    AlarmName: alarm.alarmName,
    AlarmDescription: alarm.description ?? null,
    AWSAccountId: alarm.account,
    AlarmConfigurationUpdatedTimestamp: stamp(alarm.configuredAt),
    NewStateValue: alarm.state,
    NewStateReason: alarm.reason,
    StateChangeTime: stamp(alarm.stateAt),
    Region: place,
    AlarmArn: alarmArn(alarm, alarm.alarmName),
    OldStateValue: oldState,
    OKActions: alarm.okActions,
    AlarmActions: alarm.alarmActions,
    InsufficientDataActions: alarm.insufficientDataActions,
    Trigger: {
      MetricName: alarm.name,
      Namespace: alarm.namespace,
      StatisticType: alarm.statistic ? 'Statistic' : 'ExtendedStatistic',
      ...(alarm.statistic ? { Statistic: alarm.statistic.toUpperCase() } : { ExtendedStatistic: alarm.extendedStatistic }),
      Unit: alarm.unit ?? null,
      Dimensions: alarm.dimensions,
      Period: alarm.period,
      EvaluationPeriods: alarm.evaluationPeriods,
      ...(alarm.datapointsToAlarm === undefined ? {} : { DatapointsToAlarm: alarm.datapointsToAlarm }),
      ComparisonOperator: alarm.comparison,
      Threshold: alarm.threshold,
      TreatMissingData: alarm.treatMissing ?? 'missing',
      EvaluateLowSampleCountPercentile: '',
    },
  }
}

function lambdaEvent(alarm: MetricAlarm, oldState: AlarmState) {
  return {
    source: 'aws.cloudwatch',
    alarmArn: alarmArn(alarm, alarm.alarmName),
    accountId: alarm.account,
    time: stamp(alarm.stateAt),
    region: alarm.region,
    alarmData: {
      alarmName: alarm.alarmName,
      state: { value: alarm.state, reason: alarm.reason, timestamp: stamp(alarm.stateAt) },
      previousState: { value: oldState },
      configuration: {
        ...(alarm.description === undefined ? {} : { description: alarm.description }),
        metrics: [{ metricStat: { metric: { namespace: alarm.namespace, name: alarm.name, dimensions: Object.fromEntries(alarm.dimensions.map(({ name, value }) => [name, value])) }, period: alarm.period, stat: alarm.statistic ?? alarm.extendedStatistic }, returnData: true }],
      },
    },
  }
}

function stamp(at: number): string {
  return new Date(at).toISOString().replace('Z', '+0000')
}
