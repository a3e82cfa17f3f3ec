import { GetScheduleGroup$, type GetScheduleGroupInput, type GetScheduleGroupOutput } from '@aws-sdk/client-scheduler'
import { operation } from '../../../operation'
import { describeGroup } from '../describe'
import { groupArn, requireGroup } from '../groups'

/** Describes a group. */
export const getScheduleGroup = operation<GetScheduleGroupInput, GetScheduleGroupOutput>(GetScheduleGroup$, {
  resource: (call) => groupArn(call, call.input.Name!),
  async run(call) {
    return describeGroup(await requireGroup(call.sandbox, call, call.input.Name!))
  },
})
