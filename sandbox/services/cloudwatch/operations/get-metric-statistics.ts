import { GetMetricStatistics$, type Datapoint, type GetMetricStatisticsInput, type GetMetricStatisticsOutput } from '@aws-sdk/client-cloudwatch'
import { operation } from '../../../operation'
import { scopeOf } from '../../../store'
import { invalidCombination, invalidValue, missing } from '../errors'
import { metricOf } from '../metric-input'
import { datapoints, isStatistic, statisticOf } from '../statistics'

const MOST_POINTS = 1440

/** A metric's statistics by periods. */
export const getMetricStatistics = operation<GetMetricStatisticsInput, GetMetricStatisticsOutput>(GetMetricStatistics$, {
  resource: () => '*',
  async run(call) {
    const { StartTime, EndTime, Period, Statistics = [], ExtendedStatistics = [], Unit, MetricName } = call.input
    const [from, until] = [StartTime!.getTime(), EndTime!.getTime()]
    if (Statistics.length + ExtendedStatistics.length === 0) throw missing('At least one of the parameters Statistics and ExtendedStatistics must be specified.')
    if (from >= until) throw invalidCombination('The parameter StartTime must be less than the parameter EndTime.')
    if (Period! % 60 !== 0) throw invalidValue('The parameter Period must be a multiple of 60.')
    const unknown = ExtendedStatistics.find((name) => !isStatistic(name))
    if (unknown !== undefined) throw invalidValue(`The value ${unknown} for parameter ExtendedStatistics is invalid: percentiles such as p99 are known here.`)
    const count = Math.ceil((until - from) / (Period! * 1000))
    if (count > MOST_POINTS) throw invalidCombination(`You have requested up to ${count} datapoints, which exceeds the limit of ${MOST_POINTS.toLocaleString('en-US')}. You may reduce the datapoints requested by increasing Period, or decreasing the time range.`)
    const points = await datapoints(call.sandbox, scopeOf(call), metricOf(call.input), { from, until, period: Period!, unit: Unit })
    return {
      Label: MetricName,
      Datapoints: points.map(({ at, bucket }): Datapoint => {
        const extended = ExtendedStatistics.flatMap((name) => {
          const value = statisticOf(bucket, name)
          return value === undefined ? [] : [[name, value] as const]
        })
        return {
          Timestamp: new Date(at),
          Unit: bucket.unit as Datapoint['Unit'],
          ...Object.fromEntries(Statistics.map((name) => [name, statisticOf(bucket, name)])),
          ...(extended.length > 0 ? { ExtendedStatistics: Object.fromEntries(extended) } : {}),
        }
      }),
    }
  },
})
