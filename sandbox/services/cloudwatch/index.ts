import * as sdk from '@aws-sdk/client-cloudwatch'
import type { Resource, Service } from '../../operation'
import type { Sandbox } from '../../sandbox'
import constraints from './constraints.json' with { type: 'json' }
import { evaluateAlarm } from './evaluate'
import { alarmArn } from './metric-alarms'
import { deleteAlarms } from './operations/delete-alarms'
import { describeAlarmHistory } from './operations/describe-alarm-history'
import { describeAlarms } from './operations/describe-alarms'
import { describeAlarmsForMetric } from './operations/describe-alarms-for-metric'
import { disableAlarmActions } from './operations/disable-alarm-actions'
import { enableAlarmActions } from './operations/enable-alarm-actions'
import { getMetricData } from './operations/get-metric-data'
import { getMetricStatistics } from './operations/get-metric-statistics'
import { listMetrics } from './operations/list-metrics'
import { listTagsForResource } from './operations/list-tags-for-resource'
import { putMetricAlarm } from './operations/put-metric-alarm'
import { putMetricData } from './operations/put-metric-data'
import { setAlarmState } from './operations/set-alarm-state'
import { tagResource } from './operations/tag-resource'
import { untagResource } from './operations/untag-resource'
import { metricAlarms } from './records'

/** Amazon CloudWatch: metrics and alarms on them. */
export const cloudWatch: Service = {
  name: 'monitoring',
  iamPrefix: 'cloudwatch',
  eventSource: 'monitoring.amazonaws.com',
  protocol: 'json',
  jsonVersion: '1.0',
  target: 'GraniteServiceVersion20100801',
  isQueryCompatible: true,
  takesCbor: true,
  apiVersion: '2010-08-01',
  xmlNamespace: 'http://monitoring.amazonaws.com/doc/2010-08-01/',
  sdk: sdk as unknown as Record<string, unknown>,
  constraints: constraints as Service['constraints'],
  validationCode: 'ValidationError',
  operations: [
    deleteAlarms,
    describeAlarmHistory,
    describeAlarms,
    describeAlarmsForMetric,
    disableAlarmActions,
    enableAlarmActions,
    getMetricData,
    getMetricStatistics,
    listMetrics,
    listTagsForResource,
    putMetricAlarm,
    putMetricData,
    setAlarmState,
    tagResource,
    untagResource,
  ],
  alarm: evaluateAlarm,
  resources,
}

async function resources({ store }: Sandbox, account: string): Promise<Resource[]> {
  return (await store.ofAccount(metricAlarms, account)).map((alarm) => ({ service: 'cloudwatch', type: 'alarm', name: alarm.alarmName, arn: alarmArn(alarm, alarm.alarmName), createdAt: new Date(alarm.configuredAt).toISOString() }))
}
