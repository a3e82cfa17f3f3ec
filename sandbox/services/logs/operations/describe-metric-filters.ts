import { DescribeMetricFilters$, type DescribeMetricFiltersRequest, type DescribeMetricFiltersResponse, type MetricTransformation } from '@aws-sdk/client-cloudwatch-logs'
import { operation } from '../../../operation'
import { scopeOf } from '../../../store'
import { groupResource, invalid } from '../arns'
import { requireGroup } from '../log-store'
import { page } from '../paging'
import { groups } from '../records'

const PAGE = 50

/** Lists metric filters of a group or of all, by name of the filter or by the metric that they make. */
export const describeMetricFilters = operation<DescribeMetricFiltersRequest, DescribeMetricFiltersResponse>(DescribeMetricFilters$, {
  resource: (call) => groupResource(call, call.input.logGroupName ?? ''),
  async run(call) {
    const { logGroupName, filterNamePrefix = '', metricName, metricNamespace, limit, nextToken } = call.input
    if ((metricName === undefined) !== (metricNamespace === undefined)) throw invalid('Both metricName and metricNamespace must be specified, or neither.')
    const scope = scopeOf(call)
    const held = logGroupName === undefined ? (await call.sandbox.store.list(groups, scope)).map(({ value }) => value) : [await requireGroup(call.sandbox, scope, logGroupName)]
    const all = held.flatMap((group) => (group.metricFilters ?? []).map((filter) => ({ group: group.name, filter })))
    const found = all.filter(({ filter: { name, transformation } }) => name.startsWith(filterNamePrefix) && (metricName === undefined || (transformation.metricName === metricName && transformation.metricNamespace === metricNamespace)))
    const { items, nextToken: next } = page(found, ({ group, filter }) => `${group}:${filter.name}`, limit ?? PAGE, nextToken)
    return {
      metricFilters: items.map(({ group, filter }) => ({
        filterName: filter.name,
        filterPattern: filter.pattern,
        metricTransformations: [filter.transformation as MetricTransformation],
        creationTime: filter.createdAt,
        logGroupName: group,
        applyOnTransformedLogs: false,
      })),
      nextToken: next,
    }
  },
})
