import { GetMetricData$, type GetMetricDataInput, type GetMetricDataOutput, type MetricDataQuery } from '@aws-sdk/client-cloudwatch'
import { operation } from '../../../operation'
import { scopeOf } from '../../../store'
import { invalid } from '../errors'
import { metricOf } from '../metric-input'
import { datapoints, isStatistic, statisticOf } from '../statistics'

/** Several metrics' statistics by periods. Metric math is not there. */
export const getMetricData = operation<GetMetricDataInput, GetMetricDataOutput>(GetMetricData$, {
  resource: () => '*',
  async run(call) {
    const { MetricDataQueries, StartTime, EndTime, ScanBy } = call.input
    const queries = MetricDataQueries!
    const [from, until] = [StartTime!.getTime(), EndTime!.getTime()]
    if (from >= until) throw invalid('The parameter StartTime must be less than the parameter EndTime.')
    if (new Set(queries.map(({ Id }) => Id)).size < queries.length) throw invalid('The values for parameter id in MetricDataQueries are not unique.')
    for (const query of queries) check(query)
    const results = queries.filter(({ ReturnData }) => ReturnData !== false).map(async ({ Id, Label, MetricStat }) => {
      const { Metric, Period, Stat, Unit } = MetricStat!
      const points = await datapoints(call.sandbox, scopeOf(call), metricOf(Metric!), { from, until, period: Period!, unit: Unit })
      if (ScanBy !== 'TimestampAscending') points.reverse()
      const known = points.flatMap(({ at, bucket }) => {
        const value = statisticOf(bucket, Stat!)
        return value === undefined ? [] : [{ at: new Date(at), value }]
      })
      return { Id, Label: Label ?? Metric!.MetricName, StatusCode: 'Complete' as const, Timestamps: known.map(({ at }) => at), Values: known.map(({ value }) => value) }
    })
    return { MetricDataResults: await Promise.all(results), Messages: [] }
  },
})

function check({ Id, Expression, MetricStat }: MetricDataQuery): void {
  if (!/^[a-z]\w*$/.test(Id!)) throw invalid(`The value ${Id} for parameter MetricDataQueries.member.Id is not matching the expected pattern ^[a-z][a-zA-Z0-9_]*$.`)
  if (Expression !== undefined) throw invalid(`Metric math is not in this sandbox: ask for the metrics of ${Expression} themselves.`)
  if (!MetricStat) throw invalid(`The parameter MetricStat of ${Id} is required.`)
  if (!isStatistic(MetricStat.Stat!)) throw invalid(`The value ${MetricStat.Stat} for parameter Stat of ${Id} is not known: SampleCount, Average, Sum, Minimum, Maximum and percentiles such as p99 are.`)
  if (MetricStat.Period! % 60 !== 0) throw invalid(`The parameter Period of ${Id} must be a multiple of 60.`)
}
