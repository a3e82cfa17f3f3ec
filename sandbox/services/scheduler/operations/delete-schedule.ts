import { DeleteSchedule$, type DeleteScheduleInput } from '@aws-sdk/client-scheduler'
import { operation } from '../../../operation'
import { lockSchedules } from '../groups'
import { onSchedule, requireSchedule, scheduleNameOf, writesOf } from '../schedules'

/** Deletes a schedule. */
export const deleteSchedule = operation<DeleteScheduleInput, object>(DeleteSchedule$, {
  ...onSchedule,
  async run(call) {
    const { sandbox } = call
    const name = scheduleNameOf(call)
    await lockSchedules(sandbox, name.account, async () => {
      await requireSchedule(sandbox, name)
      const { writes, arm } = writesOf(sandbox, name, undefined)
      await sandbox.store.batch(writes)
      arm()
    })
    return {}
  },
})
