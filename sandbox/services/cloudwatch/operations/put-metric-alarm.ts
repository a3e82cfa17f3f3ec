import { LimitExceededFault, PutMetricAlarm$, type PutMetricAlarmInput } from '@aws-sdk/client-cloudwatch'
import { AwsError } from '../../../errors'
import { operation, type Call } from '../../../operation'
import { tagContext } from '../../tag-context'
import { invalid, missing } from '../errors'
import { isComparison } from '../evaluate'
import { alarmArn, findAlarm, historyWrite, listAlarms, lockAlarms, writesOf } from '../metric-alarms'
import { metricOf } from '../metric-input'
import type { MetricAlarm } from '../records'
import { isStatistic } from '../statistics'
import { tagsOf } from '../tags'

const MOST_ALARMS = 5000
const MISSING = ['breaching', 'notBreaching', 'ignore', 'missing']
const ACTION = /^arn:aws:(sns:[\w-]+:\d{12}:|lambda:[\w-]+:\d{12}:function:)/

/** Makes an alarm on a metric, or changes the one of that name; its state and tags stay. */
export const putMetricAlarm = operation<PutMetricAlarmInput, object>(PutMetricAlarm$, {
  resource: (call) => alarmArn(call, call.input.AlarmName!),
  context: ({ input }) => tagContext(input.Tags && tagsOf(input.Tags)),
  async run(call) {
    const { sandbox, account, input } = call
    const name = input.AlarmName!
    const settings = readSettings(call)
    await lockAlarms(sandbox, account, async () => {
      const before = await findAlarm(sandbox, call, name)
      if (!before && (await listAlarms(sandbox, call)).length >= MOST_ALARMS) throw new LimitExceededFault({ message: `The account has reached its quota of ${MOST_ALARMS} alarms.`, $metadata: {} })
      const now = sandbox.now()
      const fresh = { state: 'INSUFFICIENT_DATA' as const, reason: 'Unchecked: Initial alarm creation', stateAt: now, tags: tagsOf(input.Tags) }
      const { state, reason, reasonData, stateAt, tags } = before ?? { ...fresh, reasonData: undefined }
      const alarm: MetricAlarm = { ...settings, state, reason, stateAt, tags, ...(reasonData === undefined ? {} : { reasonData }), configuredAt: now }
      // What has come in already decides at once.
      const { writes, arm } = writesOf(sandbox, call, name, alarm, now)
      const told = historyWrite(sandbox, call, { alarmName: name, type: 'ConfigurationUpdate', summary: before ? `Alarm "${name}" updated` : `Alarm "${name}" created`, data: JSON.stringify({ version: '1.0', type: before ? 'Update' : 'Create' }) })
      await sandbox.store.batch([...writes, told])
      arm()
    })
    return {}
  },
})

function readSettings(call: Call<PutMetricAlarmInput>): Omit<MetricAlarm, 'state' | 'reason' | 'stateAt' | 'tags' | 'configuredAt'> {
  const { account, region, input } = call
  if (input.Metrics || input.EvaluationCriteria || input.ThresholdMetricId !== undefined) throw new AwsError('UnsupportedOperation', 'Alarms on metric math, on anomaly bands or on PromQL are not in this sandbox: give Namespace, MetricName and a statistic.', 400)
  for (const name of ['MetricName', 'Namespace', 'Period', 'EvaluationPeriods', 'Threshold', 'ComparisonOperator'] as const) if (input[name] === undefined) throw missing(`The parameter ${name} must be specified.`)
  const { Statistic, ExtendedStatistic, Period, EvaluationPeriods, DatapointsToAlarm, TreatMissingData, ComparisonOperator } = input
  if ((Statistic === undefined) === (ExtendedStatistic === undefined)) throw invalid('Exactly one of Statistic and ExtendedStatistic must be specified.')
  if (ExtendedStatistic !== undefined && !isStatistic(ExtendedStatistic)) throw invalid(`The value ${ExtendedStatistic} for parameter ExtendedStatistic is not supported.`)
  if (!(Period! >= 60 && Period! % 60 === 0)) throw invalid('The parameter Period is a multiple of 60 in this sandbox.')
  if (Period! * EvaluationPeriods! > (Period! >= 3600 ? 7 * 86_400 : 86_400)) throw invalid('Metrics cannot be checked across more than a day (EvaluationPeriods * Period must be <= 86400), or a week with periods of an hour and longer.')
  if (DatapointsToAlarm !== undefined && DatapointsToAlarm > EvaluationPeriods!) throw invalid('DatapointsToAlarm must be less than or equal to EvaluationPeriods.')
  if (TreatMissingData !== undefined && !MISSING.includes(TreatMissingData)) throw invalid(`The value ${TreatMissingData} is unsupported for TreatMissingData parameter: it is one of ${MISSING.join(', ')}.`)
  if (!isComparison(ComparisonOperator!)) throw invalid(`The value ${ComparisonOperator} for parameter ComparisonOperator needs an anomaly band, which is not in this sandbox.`)
  const actions = [...(input.OKActions ?? []), ...(input.AlarmActions ?? []), ...(input.InsufficientDataActions ?? [])]
  const wrong = actions.find((action) => !ACTION.test(action))
  if (wrong !== undefined) throw invalid(`Invalid use of action ${wrong}: SNS topics and Lambda functions can be told here.`)
  return {
    account,
    region,
    ...metricOf(input),
    alarmName: input.AlarmName!,
    actionsEnabled: input.ActionsEnabled ?? true,
    okActions: input.OKActions ?? [],
    alarmActions: input.AlarmActions ?? [],
    insufficientDataActions: input.InsufficientDataActions ?? [],
    period: Period!,
    evaluationPeriods: EvaluationPeriods!,
    threshold: input.Threshold!,
    comparison: ComparisonOperator!,
    ...(input.AlarmDescription === undefined ? {} : { description: input.AlarmDescription }),
    ...(Statistic === undefined ? {} : { statistic: Statistic }),
    ...(ExtendedStatistic === undefined ? {} : { extendedStatistic: ExtendedStatistic }),
    ...(input.Unit === undefined ? {} : { unit: input.Unit }),
    ...(DatapointsToAlarm === undefined ? {} : { datapointsToAlarm: DatapointsToAlarm }),
    ...(TreatMissingData === undefined ? {} : { treatMissing: TreatMissingData }),
  }
}
