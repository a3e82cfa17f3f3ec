import { GetScheduleGroup$, type GetScheduleGroupInput, type GetScheduleGroupOutput } from '@aws-sdk/client-scheduler'
import { operation } from '../../../operation'
import { resourceTags } from '../../tag-context'
import { describeGroup } from '../describe'
import { findGroup, groupArn, requireGroup } from '../groups'

/** Describes a group. */
export const getScheduleGroup = operation<GetScheduleGroupInput, GetScheduleGroupOutput>(GetScheduleGroup$, {
  resource: (call) => groupArn(call, call.input.Name!),
  context: async (call) => resourceTags((await findGroup(call.sandbox, call, call.input.Name!))?.tags),
  async run(call) {
    return describeGroup(await requireGroup(call.sandbox, call, call.input.Name!))
  },
})
