import type { GetScheduleOutput, ScheduleGroupSummary, ScheduleSummary } from '@aws-sdk/client-scheduler'
import { groupArn } from './groups'
import type { ScheduleGroup, ScheduleRecord } from './records'
import { scheduleArn } from './schedules'

/** Retries and age that hold where none are given (EventBridge Scheduler API reference, RetryPolicy). */
export const DEFAULT_RETRY = { attempts: 185, ageSeconds: 86_400 }

/** A schedule as GetSchedule shows it. */
export function describeSchedule(schedule: ScheduleRecord): GetScheduleOutput {
  const { target, windowMinutes } = schedule
  return {
    ...dates(schedule),
    Arn: scheduleArn(schedule),
    GroupName: schedule.group,
    Name: schedule.name,
    ScheduleExpression: schedule.expression,
    ScheduleExpressionTimezone: schedule.timeZone ?? 'UTC',
    State: schedule.isEnabled ? 'ENABLED' : 'DISABLED',
    Description: schedule.description,
    KmsKeyArn: schedule.kmsKeyArn,
    StartDate: schedule.startAt === undefined ? undefined : new Date(schedule.startAt),
    EndDate: schedule.endAt === undefined ? undefined : new Date(schedule.endAt),
    ActionAfterCompletion: schedule.deletesItself ? 'DELETE' : 'NONE',
    FlexibleTimeWindow: windowMinutes === undefined ? { Mode: 'OFF' } : { Mode: 'FLEXIBLE', MaximumWindowInMinutes: windowMinutes },
    Target: {
      Arn: target.arn,
      RoleArn: target.roleArn,
      Input: target.input,
      DeadLetterConfig: target.deadLetterArn === undefined ? undefined : { Arn: target.deadLetterArn },
      RetryPolicy: { MaximumRetryAttempts: target.retry?.attempts ?? DEFAULT_RETRY.attempts, MaximumEventAgeInSeconds: target.retry?.ageSeconds ?? DEFAULT_RETRY.ageSeconds },
      SqsParameters: target.messageGroupId === undefined ? undefined : { MessageGroupId: target.messageGroupId },
      EventBridgeParameters: target.event && { DetailType: target.event.detailType, Source: target.event.source },
    },
  }
}

/** A schedule in a list. */
export function summarizeSchedule(schedule: ScheduleRecord): ScheduleSummary {
  return { ...dates(schedule), Arn: scheduleArn(schedule), GroupName: schedule.group, Name: schedule.name, State: schedule.isEnabled ? 'ENABLED' : 'DISABLED', Target: { Arn: schedule.target.arn } }
}

/** A group as AWS shows it. */
export function describeGroup(group: ScheduleGroup): ScheduleGroupSummary {
  return { ...dates(group), Arn: groupArn(group, group.name), Name: group.name, State: 'ACTIVE' }
}

function dates({ createdAt, modifiedAt }: { createdAt: number; modifiedAt: number }) {
  return { CreationDate: new Date(createdAt), LastModificationDate: new Date(modifiedAt) }
}
