import { InvalidFormatFault, ResourceNotFound, SetAlarmState$, type SetAlarmStateInput } from '@aws-sdk/client-cloudwatch'
import { isJson } from '../../../json'
import { operation } from '../../../operation'
import { changeState } from '../change-state'
import { alarmArn, findAlarm, lockAlarms } from '../metric-alarms'

/** Sets an alarm's state by hand and does what it asks for; the next evaluation decides anew. */
export const setAlarmState = operation<SetAlarmStateInput, object>(SetAlarmState$, {
  resource: (call) => alarmArn(call, call.input.AlarmName!),
  async run(call) {
    const { AlarmName, StateValue, StateReason, StateReasonData } = call.input
    if (StateReasonData !== undefined && !isJson(StateReasonData)) throw new InvalidFormatFault({ message: 'StateReasonData is not JSON.', $metadata: {} })
    await lockAlarms(call.sandbox, call.account, async () => {
      const alarm = await findAlarm(call.sandbox, call, AlarmName!)
      if (!alarm) throw new ResourceNotFound({ message: `Alarm ${AlarmName} does not exist.`, $metadata: {} })
      await changeState(call.sandbox, alarm, StateValue!, StateReason!, StateReasonData)
    })
    return {}
  },
})
