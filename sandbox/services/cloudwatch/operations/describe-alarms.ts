import { DescribeAlarms$, type DescribeAlarmsInput, type DescribeAlarmsOutput } from '@aws-sdk/client-cloudwatch'
import { operation } from '../../../operation'
import { invalid } from '../errors'
import { alarmArn, describeAlarm, listAlarms } from '../metric-alarms'
import { page } from '../paging'

const MOST = 50

/** Describes alarms, all or those that are asked for. */
export const describeAlarms = operation<DescribeAlarmsInput, DescribeAlarmsOutput>(DescribeAlarms$, {
  resource: (call) => alarmArn(call, '*'),
  async run(call) {
    const { AlarmNames, AlarmNamePrefix, AlarmTypes, StateValue, ActionPrefix, MaxRecords, NextToken } = call.input
    if (AlarmNames && AlarmNamePrefix !== undefined) throw invalid('The parameters AlarmNames and AlarmNamePrefix are mutually exclusive.')
    const areAsked = !AlarmTypes?.length || AlarmTypes.includes('MetricAlarm')
    const wanted = (await listAlarms(call.sandbox, call)).filter(
      ({ alarmName, state, okActions, alarmActions, insufficientDataActions }) =>
        areAsked &&
        (!AlarmNames?.length || AlarmNames.includes(alarmName)) &&
        alarmName.startsWith(AlarmNamePrefix ?? '') &&
        (StateValue === undefined || state === StateValue) &&
        (ActionPrefix === undefined || [...okActions, ...alarmActions, ...insufficientDataActions].some((action) => action.startsWith(ActionPrefix))),
    )
    const { items, NextToken: next } = page(wanted, ({ alarmName }) => alarmName, MaxRecords ?? MOST, NextToken)
    return { MetricAlarms: items.map(describeAlarm), CompositeAlarms: [], NextToken: next }
  },
})
