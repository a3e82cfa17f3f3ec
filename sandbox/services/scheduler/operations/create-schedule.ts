import { CreateSchedule$, type CreateScheduleInput, type CreateScheduleOutput } from '@aws-sdk/client-scheduler'
import { operation } from '../../../operation'
import { conflict } from '../errors'
import { lockSchedules, requireGroup } from '../groups'
import { readSchedule } from '../read-schedule'
import { findSchedule, onSchedule, scheduleArn, scheduleNameOf, writesOf } from '../schedules'

/** Makes a schedule. */
export const createSchedule = operation<CreateScheduleInput, CreateScheduleOutput>(CreateSchedule$, {
  ...onSchedule,
  async run(call) {
    const { sandbox } = call
    const name = scheduleNameOf(call)
    const schedule = await readSchedule(call, sandbox.now())
    await lockSchedules(sandbox, name.account, async () => {
      await requireGroup(sandbox, name, name.group)
      if (await findSchedule(sandbox, name)) throw conflict(`Schedule ${name.name} already exists.`)
      const { writes, arm } = writesOf(sandbox, name, schedule, schedule.createdAt - 1)
      await sandbox.store.batch(writes)
      arm()
    })
    return { ScheduleArn: scheduleArn(name) }
  },
})
