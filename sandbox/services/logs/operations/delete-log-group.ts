import { DeleteLogGroup$, type DeleteLogGroupRequest } from '@aws-sdk/client-cloudwatch-logs'
import { operation } from '../../../operation'
import { scopeOf } from '../../../store'
import { groupResource } from '../arns'
import { groupContext } from '../group-context'
import { deleteGroup } from '../log-store'

/** Deletes a log group with all that it holds. */
export const deleteLogGroup = operation<DeleteLogGroupRequest, object>(DeleteLogGroup$, {
  resource: (call) => groupResource(call, call.input.logGroupName!),
  context: (call) => groupContext(call, call.input.logGroupName!),
  async run(call) {
    await deleteGroup(call.sandbox, scopeOf(call), call.input.logGroupName!)
    return {}
  },
})
