import { LimitExceededException, PutMetricFilter$, type PutMetricFilterRequest } from '@aws-sdk/client-cloudwatch-logs'
import { operation } from '../../../operation'
import { scopeOf } from '../../../store'
import { groupResource, invalid } from '../arns'
import { readPattern, type Pattern } from '../filter-pattern'
import { groupContext } from '../group-context'
import { changeGroup, requireStandard } from '../log-store'
import { requireRoomForRegex } from '../metric-filters'
import type { MetricFilter } from '../records'

/** CloudWatch Logs quotas, "Metric filters" of a group; "Dimensions" of one. */
const MOST = 100
const MOST_DIMENSIONS = 3

/** Makes metrics of what a group takes from now on, or changes how. */
export const putMetricFilter = operation<PutMetricFilterRequest, object>(PutMetricFilter$, {
  resource: (call) => groupResource(call, call.input.logGroupName!),
  context: (call) => groupContext(call, call.input.logGroupName!),
  async run(call) {
    const { logGroupName, filterName, filterPattern, metricTransformations } = call.input
    const [given] = metricTransformations!
    const pattern = readPattern(filterPattern)
    requireField(given!.metricValue!, pattern)
    const dimensions = Object.entries(given!.dimensions ?? {})
    if (dimensions.length > MOST_DIMENSIONS) throw invalid(`At most ${MOST_DIMENSIONS} dimensions can be assigned to a metric.`)
    for (const [, field] of dimensions) if (!field.startsWith('$')) throw invalid(`Invalid dimension value: ${field} is not a field of the pattern.`)
    if (dimensions.length > 0 && given!.defaultValue !== undefined) throw invalid('Invalid metric transformation: a default value cannot be specified together with dimensions.')
    const filter: MetricFilter = {
      name: filterName!,
      pattern: filterPattern!,
      transformation: {
        metricName: given!.metricName!,
        metricNamespace: given!.metricNamespace!,
        metricValue: given!.metricValue!,
        ...(given!.defaultValue === undefined ? {} : { defaultValue: given!.defaultValue }),
        ...(dimensions.length === 0 ? {} : { dimensions: given!.dimensions as Record<string, string> }),
        ...(given!.unit === undefined ? {} : { unit: given!.unit }),
      },
      createdAt: call.sandbox.now(),
    }
    await changeGroup(call.sandbox, scopeOf(call), logGroupName!, (group) => {
      requireStandard(group, 'Metric filters are')
      const others = (group.metricFilters ?? []).filter(({ name }) => name !== filterName)
      if (others.length >= MOST) throw new LimitExceededException({ message: 'Resource limit exceeded.', $metadata: {} })
      requireRoomForRegex(pattern, [...others, ...(group.subscriptionFilters ?? [])])
      group.metricFilters = [...others, filter].sort((a, b) => (a.name < b.name ? -1 : 1))
    })
    return {}
  },
})

/** A metric's value is a number, a path into JSON, or a word that the pattern names. */
function requireField(value: string, pattern: Pattern): void {
  const isNumber = value.trim() !== '' && Number.isFinite(Number(value))
  const isPath = /^\$(\.|\[)/.test(value)
  if (!isNumber && !isPath && !pattern.fields.includes(value)) throw invalid(`Invalid metric transformation: metricValue ${value} is neither a number nor a field of the pattern.`)
}
