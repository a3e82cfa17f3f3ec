import * as sdk from '@aws-sdk/client-cloudwatch-logs'
import type { Resource, Service } from '../../operation'
import type { Sandbox } from '../../sandbox'
import { groupArn } from './arns'
import constraints from './constraints.json' with { type: 'json' }
import { createLogGroup } from './operations/create-log-group'
import { createLogStream } from './operations/create-log-stream'
import { deleteLogGroup } from './operations/delete-log-group'
import { deleteLogStream } from './operations/delete-log-stream'
import { deleteRetentionPolicy } from './operations/delete-retention-policy'
import { describeLogGroups } from './operations/describe-log-groups'
import { describeLogStreams } from './operations/describe-log-streams'
import { filterLogEvents } from './operations/filter-log-events'
import { getLogEvents } from './operations/get-log-events'
import { listTagsForResource } from './operations/list-tags-for-resource'
import { putLogEvents } from './operations/put-log-events'
import { putRetentionPolicy } from './operations/put-retention-policy'
import { tagResource } from './operations/tag-resource'
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
    deleteRetentionPolicy,
    describeLogGroups,
    describeLogStreams,
    filterLogEvents,
    getLogEvents,
    listTagsForResource,
    putLogEvents,
    putRetentionPolicy,
    tagResource,
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
