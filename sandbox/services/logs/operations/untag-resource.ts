import { UntagResource$, type UntagResourceRequest } from '@aws-sdk/client-cloudwatch-logs'
import { operation } from '../../../operation'
import { scopeOf } from '../../../store'
import { groupOfIdentifier } from '../arns'
import { groupContext } from '../group-context'
import { changeGroup } from '../log-store'

/** Takes tags off a log group. */
export const untagResource = operation<UntagResourceRequest, object>(UntagResource$, {
  resource: ({ input }) => input.resourceArn!,
  context: async (call) => ({ 'aws:TagKeys': call.input.tagKeys!, ...(await groupContext(call, groupOfIdentifier(call, call.input.resourceArn!))) }),
  async run(call) {
    const { resourceArn, tagKeys } = call.input
    await changeGroup(call.sandbox, scopeOf(call), groupOfIdentifier(call, resourceArn!), (group) => {
      for (const key of tagKeys!) delete group.tags[key]
    })
    return {}
  },
})
