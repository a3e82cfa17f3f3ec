import { DeleteSubscriptionFilter$, ResourceNotFoundException, type DeleteSubscriptionFilterRequest } from '@aws-sdk/client-cloudwatch-logs'
import { operation } from '../../../operation'
import { scopeOf } from '../../../store'
import { groupResource } from '../arns'
import { groupContext } from '../group-context'
import { changeGroup } from '../log-store'

/** Takes a subscription filter away. */
export const deleteSubscriptionFilter = operation<DeleteSubscriptionFilterRequest, object>(DeleteSubscriptionFilter$, {
  resource: (call) => groupResource(call, call.input.logGroupName!),
  context: (call) => groupContext(call, call.input.logGroupName!),
  async run(call) {
    const { logGroupName, filterName } = call.input
    await changeGroup(call.sandbox, scopeOf(call), logGroupName!, (group) => {
      const left = (group.subscriptionFilters ?? []).filter(({ name }) => name !== filterName)
      if (left.length === (group.subscriptionFilters ?? []).length) throw new ResourceNotFoundException({ message: 'The specified subscription filter does not exist.', $metadata: {} })
      group.subscriptionFilters = left
    })
    return {}
  },
})
