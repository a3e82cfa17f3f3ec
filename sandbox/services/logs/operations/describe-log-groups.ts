import { DescribeLogGroups$, type DescribeLogGroupsRequest, type DescribeLogGroupsResponse } from '@aws-sdk/client-cloudwatch-logs'
import { operation } from '../../../operation'
import { scopeOf } from '../../../store'
import { groupArn, groupOfIdentifier, groupResource, invalid } from '../arns'
import { page } from '../paging'
import { groups } from '../records'

const PAGE = 50

/** Lists log groups by name; a pattern is looked for anywhere in the name, in any case of letters. */
export const describeLogGroups = operation<DescribeLogGroupsRequest, DescribeLogGroupsResponse>(DescribeLogGroups$, {
  resource: (call) => groupResource(call, ''),
  async run(call) {
    const { logGroupNamePrefix: prefix, logGroupNamePattern: pattern, logGroupIdentifiers, logGroupClass, limit, nextToken } = call.input
    if (prefix !== undefined && pattern !== undefined) throw invalid('LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.')
    const wanted = logGroupIdentifiers && new Set(logGroupIdentifiers.map((id) => groupOfIdentifier(call, id)))
    const all = await call.sandbox.store.list(groups, scopeOf(call), prefix === undefined ? {} : { prefix })
    const found = all
      .map(({ value }) => value)
      .filter((g) => pattern === undefined || g.name.toLowerCase().includes(pattern.toLowerCase()))
      .filter((g) => (wanted?.has(g.name) ?? true) && (logGroupClass === undefined || g.logGroupClass === logGroupClass))
    const { items, nextToken: next } = page(found, ({ name }) => name, limit ?? PAGE, nextToken)
    return {
      logGroups: items.map((g) => ({
        logGroupName: g.name,
        creationTime: g.createdAt,
        retentionInDays: g.retentionInDays,
        metricFilterCount: g.metricFilters?.length ?? 0,
        arn: `${groupArn(call, g.name)}:*`,
        storedBytes: g.storedBytes,
        logGroupClass: g.logGroupClass,
        logGroupArn: groupArn(call, g.name),
      })),
      nextToken: next,
    }
  },
})
