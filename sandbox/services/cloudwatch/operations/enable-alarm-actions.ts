import { EnableAlarmActions$, type EnableAlarmActionsInput } from '@aws-sdk/client-cloudwatch'
import { operation } from '../../../operation'
import { alarmArn, turnActions } from '../metric-alarms'

/** Turns the actions of alarms on; names that are nobody's are passed over. */
export const enableAlarmActions = operation<EnableAlarmActionsInput, object>(EnableAlarmActions$, {
  resource: (call) => call.input.AlarmNames!.map((name) => alarmArn(call, name)),
  async run(call) {
    await turnActions(call, call.input.AlarmNames!, true)
    return {}
  },
})
