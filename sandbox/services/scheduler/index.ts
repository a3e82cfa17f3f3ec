import * as sdk from '@aws-sdk/client-scheduler'
import type { Resource, Service } from '../../operation'
import type { Sandbox } from '../../sandbox'
import constraints from './constraints.json' with { type: 'json' }
import { DEFAULT_GROUP, groupArn } from './groups'
import { createSchedule } from './operations/create-schedule'
import { createScheduleGroup } from './operations/create-schedule-group'
import { deleteSchedule } from './operations/delete-schedule'
import { deleteScheduleGroup } from './operations/delete-schedule-group'
import { getSchedule } from './operations/get-schedule'
import { getScheduleGroup } from './operations/get-schedule-group'
import { listScheduleGroups } from './operations/list-schedule-groups'
import { listSchedules } from './operations/list-schedules'
import { listTagsForResource } from './operations/list-tags-for-resource'
import { tagResource } from './operations/tag-resource'
import { untagResource } from './operations/untag-resource'
import { updateSchedule } from './operations/update-schedule'
import { groups, schedules } from './records'
import { deadLetterAttributes, runSchedule } from './run-schedule'
import { scheduleArn } from './schedules'

/** Amazon EventBridge Scheduler. */
export const scheduler: Service = {
  name: 'scheduler',
  eventSource: 'scheduler.amazonaws.com',
  protocol: 'rest-json',
  sdk: sdk as unknown as Record<string, unknown>,
  constraints: constraints as Service['constraints'],
  operations: [
    createSchedule,
    createScheduleGroup,
    deleteSchedule,
    deleteScheduleGroup,
    getSchedule,
    getScheduleGroup,
    listScheduleGroups,
    listSchedules,
    listTagsForResource,
    tagResource,
    untagResource,
    updateSchedule,
  ],
  alarm: runSchedule,
  deadLetterAttributes,
  resources,
}

async function resources({ store }: Sandbox, account: string): Promise<Resource[]> {
  const shown = (type: string, name: string, arn: string, createdAt: number): Resource => ({ service: 'scheduler', type, name, arn, createdAt: new Date(createdAt).toISOString() })
  return [
    ...(await store.ofAccount(groups, account)).filter(({ name }) => name !== DEFAULT_GROUP).map((group) => shown('schedule-group', group.name, groupArn(group, group.name), group.createdAt)),
    ...(await store.ofAccount(schedules, account)).map((schedule) => shown('schedule', schedule.name, scheduleArn(schedule), schedule.createdAt)),
  ]
}
