import { DescribeAlarmsForMetric$, type DescribeAlarmsForMetricInput, type DescribeAlarmsForMetricOutput } from '@aws-sdk/client-cloudwatch'
import { operation } from '../../../operation'
import { describeAlarm, listAlarms } from '../metric-alarms'
import { metricOf } from '../metric-input'
import { seriesKey } from '../metrics'

/** The alarms that look at a metric. */
export const describeAlarmsForMetric = operation<DescribeAlarmsForMetricInput, DescribeAlarmsForMetricOutput>(DescribeAlarmsForMetric$, {
  resource: () => '*',
  async run(call) {
    const { Statistic, ExtendedStatistic, Period, Unit } = call.input
    const metric = seriesKey(metricOf(call.input))
    const found = (await listAlarms(call.sandbox, call)).filter(
      (alarm) =>
        seriesKey(alarm) === metric &&
        (Statistic === undefined || alarm.statistic === Statistic) &&
        (ExtendedStatistic === undefined || alarm.extendedStatistic === ExtendedStatistic) &&
        (Period === undefined || alarm.period === Period) &&
        (Unit === undefined || alarm.unit === Unit),
    )
    return { MetricAlarms: found.map(describeAlarm) }
  },
})
