import * as sdk from '@aws-sdk/client-cloudwatch-logs'
import type { Resource, Service } from '../../operation'
import type { Sandbox } from '../../sandbox'
import { groupArn } from './arns'
import constraints from './constraints.json' with { type: 'json' }
import { createLogGroup } from './operations/create-log-group'
import { createLogStream } from './operations/create-log-stream'
import { deleteLogGroup } from './operations/delete-log-group'
import { deleteLogStream } from './operations/delete-log-stream'
import { deleteMetricFilter } from './operations/delete-metric-filter'
import { deleteRetentionPolicy } from './operations/delete-retention-policy'
import { deleteSubscriptionFilter } from './operations/delete-subscription-filter'
import { describeLogGroups } from './operations/describe-log-groups'
import { describeLogStreams } from './operations/describe-log-streams'
import { describeMetricFilters } from './operations/describe-metric-filters'
import { describeSubscriptionFilters } from './operations/describe-subscription-filters'
import { filterLogEvents } from './operations/filter-log-events'
import { getLogEvents } from './operations/get-log-events'
import { listLogGroups } from './operations/list-log-groups'
import { listTagsForResource } from './operations/list-tags-for-resource'
import { listTagsLogGroup } from './operations/list-tags-log-group'
import { putLogEvents } from './operations/put-log-events'
import { putMetricFilter } from './operations/put-metric-filter'
import { putRetentionPolicy } from './operations/put-retention-policy'
import { putSubscriptionFilter } from './operations/put-subscription-filter'
import { startLiveTail } from './operations/start-live-tail'
import { tagLogGroup } from './operations/tag-log-group'
import { tagResource } from './operations/tag-resource'
import { testMetricFilter } from './operations/test-metric-filter'
import { untagLogGroup } from './operations/untag-log-group'
import { untagResource } from './operations/untag-resource'
import { groups } from './records'

/** Amazon CloudWatch Logs. */
export const logs: Service = {
  name: 'logs',
  eventSource: 'logs.amazonaws.com',
  protocol: 'json',
  target: 'Logs_20140328',
  sdk: sdk as unknown as Record<string, unknown>,
  constraints: constraints as Service['constraints'],
  validationCode: 'InvalidParameterException',
  operations: [
    createLogGroup,
    createLogStream,
    deleteLogGroup,
    deleteLogStream,
    deleteMetricFilter,
    deleteRetentionPolicy,
    deleteSubscriptionFilter,
    describeLogGroups,
    describeLogStreams,
    describeMetricFilters,
    describeSubscriptionFilters,
    filterLogEvents,
    getLogEvents,
    listLogGroups,
    listTagsForResource,
    listTagsLogGroup,
    putLogEvents,
    putMetricFilter,
    putRetentionPolicy,
    putSubscriptionFilter,
    startLiveTail,
    tagLogGroup,
    tagResource,
    testMetricFilter,
    untagLogGroup,
    untagResource,
  ],
  resources,
}

async function resources(sandbox: Sandbox, account: string): Promise<Resource[]> {
  const found: Resource[] = []
  for (const scope of await sandbox.store.scopes(groups, `${account}/`)) {
    const region = scope.slice(account.length + 1)
    for (const { value } of await sandbox.store.list(groups, scope)) {
      const arn = groupArn({ account, region }, value.name)
      found.push({ service: 'logs', type: 'log-group', name: value.name, arn, createdAt: new Date(value.createdAt).toISOString() })
    }
  }
  return found
}
