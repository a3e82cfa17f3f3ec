import { DescribeAlarmHistory$, type DescribeAlarmHistoryInput, type DescribeAlarmHistoryOutput } from '@aws-sdk/client-cloudwatch'
import { operation } from '../../../operation'
import { scopeOf } from '../../../store'
import { alarmArn } from '../metric-alarms'
import { page } from '../paging'
import { history } from '../records'

const MOST = 100

/** What happened to alarms, the newest first unless asked otherwise. */
export const describeAlarmHistory = operation<DescribeAlarmHistoryInput, DescribeAlarmHistoryOutput>(DescribeAlarmHistory$, {
  resource: (call) => alarmArn(call, call.input.AlarmName ?? '*'),
  async run(call) {
    const { AlarmName, HistoryItemType, StartDate, EndDate, MaxRecords, NextToken, ScanBy } = call.input
    const all = await call.sandbox.store.list(history, scopeOf(call), { reverse: ScanBy !== 'TimestampAscending' })
    const wanted = all.filter(
      ({ value: { alarmName, type, at } }) =>
        (AlarmName === undefined || alarmName === AlarmName) && (HistoryItemType === undefined || type === HistoryItemType) && at >= (StartDate?.getTime() ?? 0) && at <= (EndDate?.getTime() ?? Infinity),
    )
    const { items, NextToken: next } = page(wanted, ({ key }) => key, MaxRecords ?? MOST, NextToken)
    return {
      AlarmHistoryItems: items.map(({ value: { alarmName, at, type, summary, data } }) => ({ AlarmName: alarmName, AlarmType: 'MetricAlarm' as const, Timestamp: new Date(at), HistoryItemType: type, HistorySummary: summary, HistoryData: data })),
      NextToken: next,
    }
  },
})
