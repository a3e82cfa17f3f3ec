import { PutRetentionPolicy$, type PutRetentionPolicyRequest } from '@aws-sdk/client-cloudwatch-logs'
import { operation } from '../../../operation'
import { scopeOf } from '../../../store'
import { groupResource, invalid } from '../arns'
import { groupContext } from '../group-context'
import { changeGroup, expireEvents } from '../log-store'

/** Days that AWS allows (CloudWatch Logs API reference, PutRetentionPolicy). */
const DAYS = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653]

/** Sets for how many days a group keeps its events; older ones are deleted. */
export const putRetentionPolicy = operation<PutRetentionPolicyRequest, object>(PutRetentionPolicy$, {
  resource: (call) => groupResource(call, call.input.logGroupName!),
  context: (call) => groupContext(call, call.input.logGroupName!),
  async run(call) {
    const { logGroupName, retentionInDays } = call.input
    if (!DAYS.includes(retentionInDays!)) {
      const constraint = `Member must satisfy enum value set: [${DAYS.join(', ')}]`
      throw invalid(`1 validation error detected: Value '${retentionInDays}' at 'retentionInDays' failed to satisfy constraint: ${constraint}`)
    }
    await changeGroup(call.sandbox, scopeOf(call), logGroupName!, (group) => {
      group.retentionInDays = retentionInDays!
    })
    await expireEvents(call.sandbox, scopeOf(call), logGroupName!)
    return {}
  },
})
