import { ListMetrics$, type ListMetricsInput, type ListMetricsOutput } from '@aws-sdk/client-cloudwatch'
import { operation } from '../../../operation'
import { scopeOf } from '../../../store'
import { invalidValue } from '../errors'
import { describeDimensions } from '../metric-input'
import { seriesKey } from '../metrics'
import { page } from '../paging'
import { series, type Series } from '../records'

const MOST = 500
const TWO_WEEKS_MS = 14 * 86_400_000
const THREE_HOURS_MS = 3 * 3600_000

/** Lists the metrics that had values in the last two weeks. */
export const listMetrics = operation<ListMetricsInput, ListMetricsOutput>(ListMetrics$, {
  resource: () => '*',
  async run(call) {
    const { Namespace, MetricName, Dimensions = [], RecentlyActive, NextToken } = call.input
    await call.sandbox.metrics.flush()
    const since = call.sandbox.now() - (RecentlyActive === 'PT3H' ? THREE_HOURS_MS : TWO_WEEKS_MS)
    const isWanted = ({ namespace, name, dimensions, lastAt }: Series) =>
      lastAt >= since &&
      (Namespace === undefined || namespace === Namespace) &&
      (MetricName === undefined || name === MetricName) &&
      Dimensions.every(({ Name, Value }) => dimensions.some((one) => one.name === Name && (Value === undefined || one.value === Value)))
    const wanted = (await call.sandbox.store.list(series, scopeOf(call))).map(({ value }) => value).filter(isWanted)
    const { items, NextToken: next } = page(wanted, seriesKey, MOST, NextToken, () => invalidValue('The value of NextToken is invalid.'))
    return { Metrics: items.map(({ namespace, name, dimensions }) => ({ Namespace: namespace, MetricName: name, Dimensions: describeDimensions(dimensions) })), NextToken: next }
  },
})
