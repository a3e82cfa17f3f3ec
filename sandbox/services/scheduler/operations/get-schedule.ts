import { GetSchedule$, type GetScheduleInput, type GetScheduleOutput } from '@aws-sdk/client-scheduler'
import { operation } from '../../../operation'
import { describeSchedule } from '../describe'
import { onSchedule, requireSchedule, scheduleNameOf } from '../schedules'

/** Describes a schedule. */
export const getSchedule = operation<GetScheduleInput, GetScheduleOutput>(GetSchedule$, {
  ...onSchedule,
  async run(call) {
    return describeSchedule(await requireSchedule(call.sandbox, scheduleNameOf(call)))
  },
})
