import { ListTagsLogGroup$, type ListTagsLogGroupRequest, type ListTagsLogGroupResponse } from '@aws-sdk/client-cloudwatch-logs'
import { operation } from '../../../operation'
import { scopeOf } from '../../../store'
import { groupResource } from '../arns'
import { groupContext } from '../group-context'
import { requireGroup } from '../log-store'

/** Tells a log group's tags: the older form of ListTagsForResource. */
export const listTagsLogGroup = operation<ListTagsLogGroupRequest, ListTagsLogGroupResponse>(ListTagsLogGroup$, {
  resource: (call) => groupResource(call, call.input.logGroupName!),
  context: (call) => groupContext(call, call.input.logGroupName!),
  run: async (call) => ({ tags: (await requireGroup(call.sandbox, scopeOf(call), call.input.logGroupName!)).tags }),
})
