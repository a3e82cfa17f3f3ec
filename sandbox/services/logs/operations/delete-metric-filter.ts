import { DeleteMetricFilter$, ResourceNotFoundException, type DeleteMetricFilterRequest } from '@aws-sdk/client-cloudwatch-logs'
import { operation } from '../../../operation'
import { scopeOf } from '../../../store'
import { groupResource } from '../arns'
import { groupContext } from '../group-context'
import { changeGroup } from '../log-store'

/** Takes a metric filter away. */
export const deleteMetricFilter = operation<DeleteMetricFilterRequest, object>(DeleteMetricFilter$, {
  resource: (call) => groupResource(call, call.input.logGroupName!),
  context: (call) => groupContext(call, call.input.logGroupName!),
  async run(call) {
    const { logGroupName, filterName } = call.input
    await changeGroup(call.sandbox, scopeOf(call), logGroupName!, (group) => {
      const left = (group.metricFilters ?? []).filter(({ name }) => name !== filterName)
      if (left.length === (group.metricFilters ?? []).length) throw new ResourceNotFoundException({ message: 'The specified metric filter does not exist.', $metadata: {} })
      group.metricFilters = left
    })
    return {}
  },
})
