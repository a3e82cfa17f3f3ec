import { DeleteAlarms$, ResourceNotFound, type DeleteAlarmsInput } from '@aws-sdk/client-cloudwatch'
import { operation } from '../../../operation'
import { alarmArn, findAlarm, lockAlarms, writesOf } from '../metric-alarms'

/** Deletes alarms, all or none of those that are named. */
export const deleteAlarms = operation<DeleteAlarmsInput, object>(DeleteAlarms$, {
  resource: (call) => call.input.AlarmNames!.map((name) => alarmArn(call, name)),
  async run(call) {
    const { sandbox } = call
    const names = call.input.AlarmNames!
    await lockAlarms(sandbox, call.account, async () => {
      const alarms = await Promise.all(names.map((name) => findAlarm(sandbox, call, name)))
      const missing = names.filter((_, i) => !alarms[i])
      // On AWS one alone that is not there is an error, among others it is passed over.
      if (missing.length === names.length) throw new ResourceNotFound({ message: `Alarm ${missing.join(', ')} does not exist.`, $metadata: {} })
      const gone = names.map((name) => writesOf(sandbox, call, name, undefined))
      await sandbox.store.batch(gone.flatMap(({ writes }) => writes))
      for (const { arm } of gone) arm()
    })
    return {}
  },
})
