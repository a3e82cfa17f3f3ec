import { GetScheduleCommand, paginateListScheduleGroups, paginateListSchedules } from '@aws-sdk/client-scheduler'
import type { Look } from '../look'

/** EventBridge Scheduler's schedules with their targets, and its groups but the default one. */
export async function readSchedules(look: Look): Promise<void> {
  const client = look.clients.scheduler
  const service = 'scheduler'
  await Promise.all([
    look.all(service, () => paginateListScheduleGroups({ client }, {}), (page) => page.ScheduleGroups).then((groups) => {
      for (const { Name: name = '', Arn: arn, State: state, CreationDate } of groups) if (name !== 'default') look.add({ arn, service, kind: 'schedule-group', name, state, createdAt: CreationDate?.toISOString() })
    }),
    look.all(service, () => paginateListSchedules({ client }, {}), (page) => page.Schedules).then((schedules) =>
      Promise.all(
        schedules.map(async ({ Name: name = '', GroupName: group = 'default', Arn: arn, State: state, CreationDate, Target }) => {
          const full = await look.ask(service, () => client.send(new GetScheduleCommand({ Name: name, GroupName: group })))
          look.add({ arn, service, kind: 'schedule', name, state, createdAt: CreationDate?.toISOString(), facts: { group, expression: full?.ScheduleExpression, timezone: full?.ScheduleExpressionTimezone } })
          look.link(arn, Target?.Arn ?? full?.Target?.Arn, 'triggers')
          look.link(arn, full?.Target?.RoleArn, 'runsAs')
          look.link(arn, full?.Target?.DeadLetterConfig?.Arn, 'deadLetter')
          if (group !== 'default') look.link(arn, arn?.replace(/:schedule\/([^/]+)\/.*$/, ':schedule-group/$1'), 'uses')
        }),
      ),
    ),
  ])
}
