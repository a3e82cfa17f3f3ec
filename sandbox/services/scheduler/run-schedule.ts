import { randomUUID } from 'node:crypto'
import type { Delivery } from '../../outbox'
import type { Sandbox } from '../../sandbox'
import { DEFAULT_RETRY } from './describe'
import { lockSchedules } from './groups'
import { schedules, type ScheduleRecord } from './records'
import { scheduleArn, timeNext, writesOf } from './schedules'
import { accountOf } from '../../store'

const SERVICE = 'scheduler.amazonaws.com'
const WAITS = [1000, 2000, 5000, 15_000, 30_000, 60_000, 120_000, 300_000, 600_000]

/** A schedule is due: its target is called, and the next time is set; where there is none any more it may go. */
export async function runSchedule(sandbox: Sandbox, scope: string, key: string, at: number): Promise<void> {
  await lockSchedules(sandbox, accountOf(scope), async () => {
    const schedule = await sandbox.store.get(schedules, scope, key)
    const [account, region] = scope.split('/') as [string, string]
    const [group, name] = key.split('/') as [string, string]
    if (!schedule?.isEnabled) {
      const none = writesOf(sandbox, { account, region, group, name }, schedule)
      await sandbox.store.batch(none.writes)
      return none.arm()
    }
    const isLast = timeNext(schedule, sandbox.now()) === undefined
    const next = writesOf(sandbox, schedule, isLast && schedule.deletesItself ? undefined : schedule)
    const { writes, send } = sandbox.outbox.prepare(sandbox, [deliveryOf(schedule, at)])
    await sandbox.store.batch([...writes, ...next.writes])
    send()
    next.arm()
  })
}

function deliveryOf(schedule: ScheduleRecord, at: number): Omit<Delivery, 'id' | 'acceptedAt' | 'failures'> {
  const { account, region, target } = schedule
  const id = randomUUID()
  const time = new Date(at).toISOString().replace(/\.\d+Z$/, 'Z')
  const about = { version: '0', id, account, time, region }
  const resources = [scheduleArn(schedule)]
  const input = target.input === undefined ? undefined : withContext(target.input, { 'schedule-arn': resources[0]!, 'scheduled-time': time, 'execution-id': id, 'attempt-number': '1' })
  const body = target.event
    ? { ...about, 'detail-type': target.event.detailType, source: target.event.source, resources: [], detail: input === undefined ? {} : (JSON.parse(input) as unknown) }
    : { ...about, 'detail-type': 'Scheduled Event', source: 'aws.scheduler', resources, detail: '{}' }
  return {
    account,
    region,
    target: target.arn,
    sender: { service: SERVICE, sourceArn: resources[0]!, roleArn: target.roleArn },
    body: target.event || input === undefined ? JSON.stringify(body) : input,
    retry: { attempts: target.retry?.attempts ?? DEFAULT_RETRY.attempts, ageSeconds: target.retry?.ageSeconds ?? DEFAULT_RETRY.ageSeconds, waits: WAITS },
    ...(target.deadLetterArn === undefined ? {} : { deadLetterArn: target.deadLetterArn }),
    ...(target.messageGroupId === undefined ? {} : { groupId: target.messageGroupId }),
  }
}

/** "Adding context attributes": `<aws.scheduler.scheduled-time>` and its like. */
function withContext(input: string, values: Record<string, string>): string {
  return input.replace(/<aws\.scheduler\.([\w-]+)>/g, (whole, name: string) => (Object.hasOwn(values, name) ? values[name]! : whole))
}

/** What a dead-letter queue is told of a schedule whose target could not be called ("Configuring a dead-letter queue"). */
export function deadLetterAttributes({ id, sender, target, problem, exhausted, failures, acceptedAt }: Delivery): Record<string, string> {
  return {
    SCHEDULE_ARN: sender.sourceArn,
    TARGET_ARN: target,
    EXECUTION_ID: id,
    SCHEDULED_TIME: new Date(acceptedAt).toISOString().replace(/\.\d+Z$/, 'Z'),
    ERROR_CODE: problem?.code ?? 'UNKNOWN',
    ERROR_MESSAGE: problem?.message ?? '',
    RETRY_ATTEMPTS: String(Math.max(0, failures - 1)),
    ...(exhausted ? { EXHAUSTED_RETRY_CONDITION: exhausted } : {}),
  }
}
