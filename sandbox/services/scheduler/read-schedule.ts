import type { CreateScheduleInput, UpdateScheduleInput } from '@aws-sdk/client-scheduler'
import { isJsonObject } from '../../json'
import type { Call } from '../../operation'
import { DELIVERABLE } from '../../outbox'
import { isTimeZone, parseSchedule } from '../../schedule-expression'
import { refusalForService } from '../iam/assume-role'
import { invalid } from './errors'
import type { ScheduleRecord, ScheduleTarget } from './records'
import { scheduleArn, scheduleNameOf, timeNext } from './schedules'

const SERVICE = 'scheduler.amazonaws.com'

/**
 * The schedule that a call asks for, whole: what an update leaves out goes back to its default.
 * @throws ValidationException, AccessDeniedException without iam:PassRole
 */
export async function readSchedule(call: Call<CreateScheduleInput | UpdateScheduleInput>, createdAt: number): Promise<ScheduleRecord> {
  const { input, sandbox } = call
  const name = scheduleNameOf(call)
  const { ScheduleExpressionTimezone, StartDate, EndDate, FlexibleTimeWindow, Description, KmsKeyArn } = input
  const expression = input.ScheduleExpression!
  try {
    parseSchedule(expression, { at: true })
  } catch (error) {
    throw invalid(`Invalid Schedule Expression ${expression}: ${(error as Error).message}.`)
  }
  if (ScheduleExpressionTimezone !== undefined && !isTimeZone(ScheduleExpressionTimezone)) throw invalid(`The ScheduleExpressionTimezone ${ScheduleExpressionTimezone} is not valid.`)
  const isFlexible = FlexibleTimeWindow!.Mode === 'FLEXIBLE'
  const windowMinutes = FlexibleTimeWindow!.MaximumWindowInMinutes
  if (isFlexible && windowMinutes === undefined) throw invalid('MaximumWindowInMinutes must be provided when the FlexibleTimeWindow mode is FLEXIBLE.')
  if (!isFlexible && windowMinutes !== undefined) throw invalid('MaximumWindowInMinutes must not be provided when the FlexibleTimeWindow mode is OFF.')
  if (StartDate && EndDate && EndDate <= StartDate) throw invalid('The EndDate must come after the StartDate.')
  if (EndDate && EndDate.getTime() <= sandbox.now()) throw invalid('The EndDate you specify must be in the future.')
  const schedule: ScheduleRecord = {
    ...name,
    expression,
    isEnabled: input.State !== 'DISABLED',
    target: readTarget(input.Target!),
    deletesItself: input.ActionAfterCompletion === 'DELETE',
    createdAt,
    modifiedAt: sandbox.now(),
    ...(ScheduleExpressionTimezone === undefined ? {} : { timeZone: ScheduleExpressionTimezone }),
    ...(StartDate ? { startAt: StartDate.getTime() } : {}),
    ...(EndDate ? { endAt: EndDate.getTime() } : {}),
    ...(Description === undefined ? {} : { description: Description }),
    ...(KmsKeyArn === undefined ? {} : { kmsKeyArn: KmsKeyArn }),
    ...(isFlexible ? { windowMinutes: windowMinutes! } : {}),
  }
  if (expression.startsWith('at(') && timeNext({ ...schedule, isEnabled: true }, sandbox.now()) === undefined) throw invalid(`The schedule time ${expression} is in the past, or a clock never shows it.`)
  await call.authorize('iam:PassRole', schedule.target.roleArn, { 'iam:PassedToService': SERVICE })
  const assumption = { account: name.account, roleArn: schedule.target.roleArn, service: SERVICE, sourceArn: scheduleArn(name) }
  if (await refusalForService(sandbox, assumption)) throw invalid('The execution role you provide must allow AWS EventBridge Scheduler to assume the role.')
  return schedule
}

function readTarget({ Arn, RoleArn, Input, DeadLetterConfig, RetryPolicy, SqsParameters, EventBridgeParameters }: NonNullable<CreateScheduleInput['Target']>): ScheduleTarget {
  const arn = Arn!
  if (!DELIVERABLE.test(arn)) throw invalid(`Provided Arn ${arn} is of a target that this sandbox does not have: targets are Lambda functions, SQS queues, SNS topics and event buses.`)
  const isFifo = arn.startsWith('arn:aws:sqs:') && arn.endsWith('.fifo')
  if (isFifo && !SqsParameters?.MessageGroupId) throw invalid('A MessageGroupId is required for a FIFO queue.')
  const isBus = arn.startsWith('arn:aws:events:')
  if (isBus && !EventBridgeParameters) throw invalid('EventBridgeParameters are required for an event bus.')
  if (isBus && Input !== undefined && !isJsonObject(Input)) throw invalid('Input of an event bus must be a JSON object.')
  return {
    arn,
    roleArn: RoleArn!,
    ...(Input === undefined ? {} : { input: Input }),
    ...(DeadLetterConfig?.Arn === undefined ? {} : { deadLetterArn: DeadLetterConfig.Arn }),
    ...(RetryPolicy ? { retry: { attempts: RetryPolicy.MaximumRetryAttempts, ageSeconds: RetryPolicy.MaximumEventAgeInSeconds } as ScheduleTarget['retry'] & object } : {}),
    ...(SqsParameters?.MessageGroupId === undefined ? {} : { messageGroupId: SqsParameters.MessageGroupId }),
    ...(EventBridgeParameters ? { event: { detailType: EventBridgeParameters.DetailType!, source: EventBridgeParameters.Source! } } : {}),
  }
}
