import { DeleteRetentionPolicy$, type DeleteRetentionPolicyRequest } from '@aws-sdk/client-cloudwatch-logs'
import { operation } from '../../../operation'
import { scopeOf } from '../../../store'
import { groupResource } from '../arns'
import { groupContext } from '../group-context'
import { changeGroup } from '../log-store'

/** Lets a group keep its events for ever. */
export const deleteRetentionPolicy = operation<DeleteRetentionPolicyRequest, object>(DeleteRetentionPolicy$, {
  resource: (call) => groupResource(call, call.input.logGroupName!),
  context: (call) => groupContext(call, call.input.logGroupName!),
  async run(call) {
    await changeGroup(call.sandbox, scopeOf(call), call.input.logGroupName!, (group) => {
      delete group.retentionInDays
    })
    return {}
  },
})
