import { UpdateSchedule$, type UpdateScheduleInput, type UpdateScheduleOutput } from '@aws-sdk/client-scheduler'
import { operation } from '../../../operation'
import { lockSchedules } from '../groups'
import { readSchedule } from '../read-schedule'
import { onSchedule, requireSchedule, scheduleArn, scheduleNameOf, writesOf } from '../schedules'

/** Changes a schedule: what the call leaves out goes back to its default. */
export const updateSchedule = operation<UpdateScheduleInput, UpdateScheduleOutput>(UpdateSchedule$, {
  ...onSchedule,
  async run(call) {
    const { sandbox } = call
    const name = scheduleNameOf(call)
    await lockSchedules(sandbox, name.account, async () => {
      const { createdAt } = await requireSchedule(sandbox, name)
      const { writes, arm } = writesOf(sandbox, name, await readSchedule(call, createdAt))
      await sandbox.store.batch(writes)
      arm()
    })
    return { ScheduleArn: scheduleArn(name) }
  },
})
