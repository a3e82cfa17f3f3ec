import { ListTagsForResource$, type ListTagsForResourceRequest, type ListTagsForResourceResponse } from '@aws-sdk/client-cloudwatch-logs'
import { operation } from '../../../operation'
import { scopeOf } from '../../../store'
import { groupOfIdentifier } from '../arns'
import { groupContext } from '../group-context'
import { requireGroup } from '../log-store'

/** Tells a log group's tags. */
export const listTagsForResource = operation<ListTagsForResourceRequest, ListTagsForResourceResponse>(ListTagsForResource$, {
  resource: ({ input }) => input.resourceArn!,
  context: (call) => groupContext(call, groupOfIdentifier(call, call.input.resourceArn!)),
  run: async (call) => ({ tags: (await requireGroup(call.sandbox, scopeOf(call), groupOfIdentifier(call, call.input.resourceArn!))).tags }),
})
