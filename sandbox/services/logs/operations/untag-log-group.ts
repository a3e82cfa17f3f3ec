import { UntagLogGroup$, type UntagLogGroupRequest } from '@aws-sdk/client-cloudwatch-logs'
import { operation } from '../../../operation'
import { scopeOf } from '../../../store'
import { groupResource } from '../arns'
import { groupContext } from '../group-context'
import { changeGroup } from '../log-store'

/** Takes tags off a log group: the older form of UntagResource. */
export const untagLogGroup = operation<UntagLogGroupRequest, object>(UntagLogGroup$, {
  resource: (call) => groupResource(call, call.input.logGroupName!),
  context: async (call) => ({ ...(await groupContext(call, call.input.logGroupName!)), 'aws:TagKeys': call.input.tags! }),
  async run(call) {
    await changeGroup(call.sandbox, scopeOf(call), call.input.logGroupName!, (group) => {
      group.tags = Object.fromEntries(Object.entries(group.tags).filter(([key]) => !call.input.tags!.includes(key)))
    })
    return {}
  },
})
