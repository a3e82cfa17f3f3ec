import { DisableAlarmActions$, type DisableAlarmActionsInput } from '@aws-sdk/client-cloudwatch'
import { operation } from '../../../operation'
import { alarmArn, turnActions } from '../metric-alarms'

/** Turns the actions of alarms off; names that are nobody's are passed over. */
export const disableAlarmActions = operation<DisableAlarmActionsInput, object>(DisableAlarmActions$, {
  resource: (call) => call.input.AlarmNames!.map((name) => alarmArn(call, name)),
  async run(call) {
    await turnActions(call, call.input.AlarmNames!, false)
    return {}
  },
})
