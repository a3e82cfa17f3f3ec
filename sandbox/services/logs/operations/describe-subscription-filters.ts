import { DescribeSubscriptionFilters$, type DescribeSubscriptionFiltersRequest, type DescribeSubscriptionFiltersResponse, type Distribution } from '@aws-sdk/client-cloudwatch-logs'
import { operation } from '../../../operation'
import { scopeOf } from '../../../store'
import { groupResource } from '../arns'
import { groupContext } from '../group-context'
import { requireGroup } from '../log-store'
import { page } from '../paging'

const PAGE = 50

/** Lists the subscription filters of a group. */
export const describeSubscriptionFilters = operation<DescribeSubscriptionFiltersRequest, DescribeSubscriptionFiltersResponse>(DescribeSubscriptionFilters$, {
  resource: (call) => groupResource(call, call.input.logGroupName!),
  context: (call) => groupContext(call, call.input.logGroupName!),
  async run(call) {
    const { logGroupName, filterNamePrefix = '', limit, nextToken } = call.input
    const { subscriptionFilters = [] } = await requireGroup(call.sandbox, scopeOf(call), logGroupName!)
    const found = subscriptionFilters.filter(({ name }) => name.startsWith(filterNamePrefix))
    const { items, nextToken: next } = page(found, ({ name }) => name, limit ?? PAGE, nextToken)
    return {
      subscriptionFilters: items.map(({ name, pattern, destinationArn, distribution, createdAt }) => ({
        filterName: name,
        logGroupName,
        filterPattern: pattern,
        destinationArn,
        distribution: distribution as Distribution,
        applyOnTransformedLogs: false,
        creationTime: createdAt,
      })),
      nextToken: next,
    }
  },
})
