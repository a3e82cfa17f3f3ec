import type { Call } from '../../operation'
import { nextRun, parseSchedule } from '../../schedule-expression'
import type { Sandbox } from '../../sandbox'
import { scopeOf, type Write } from '../../store'
import { notFound } from './errors'
import { DEFAULT_GROUP, requireGroup } from './groups'
import { schedules, type ScheduleRecord } from './records'

const ALARM = 'scheduler'
const MINUTE_MS = 60_000

export interface ScheduleName {
  account: string
  region: string
  group: string
  name: string
}

/** The schedule that a call names. */
export function scheduleNameOf({ account, region, input }: Call): ScheduleName {
  return { account, region, group: input.GroupName ?? DEFAULT_GROUP, name: input.Name }
}

export function scheduleArn({ account, region, group, name }: ScheduleName): string {
  return `arn:aws:scheduler:${region}:${account}:schedule/${group}/${name}`
}

/** What IAM decides on for the operations on one schedule. */
export const onSchedule = { resource: (call: Call) => scheduleArn(scheduleNameOf(call)) }

export function findSchedule(sandbox: Sandbox, name: ScheduleName): Promise<ScheduleRecord | undefined> {
  return sandbox.store.get(schedules, scopeOf(name), keyOf(name))
}

/** @throws ResourceNotFoundException for the group or the schedule */
export async function requireSchedule(sandbox: Sandbox, name: ScheduleName): Promise<ScheduleRecord> {
  await requireGroup(sandbox, name, name.group)
  const found = await findSchedule(sandbox, name)
  if (!found) throw notFound(`Schedule ${name.name} does not exist.`)
  return found
}

/** What writes a schedule and sets its alarm, or without one deletes it; `arm` after the batch. */
export function writesOf(sandbox: Sandbox, name: ScheduleName, schedule: ScheduleRecord | undefined, after = sandbox.now()): { writes: Write[]; arm(): void } {
  const [scope, key] = [scopeOf(name), keyOf(name)]
  const at = schedule && dueNext(schedule, after)
  return {
    writes: [{ collection: schedules, scope, key, ...(schedule ? { value: schedule } : {}) }, sandbox.alarms.write(ALARM, scope, key, at)],
    arm: () => sandbox.alarms.set(ALARM, scope, key, at),
  }
}

/** When the target is called next, epoch ms: somewhere in the flexible window where there is one. */
function dueNext(schedule: ScheduleRecord, after: number): number | undefined {
  const at = timeNext(schedule, after)
  return at === undefined ? undefined : at + Math.floor(Math.random() * (schedule.windowMinutes ?? 0) * MINUTE_MS)
}

/** The next time of the expression; undefined where there is none any more. */
export function timeNext({ expression, timeZone, startAt, endAt, isEnabled, createdAt }: ScheduleRecord, after: number): number | undefined {
  if (!isEnabled) return undefined
  const schedule = parseSchedule(expression, { at: true })
  const since = startAt ?? createdAt
  // Without a start date a rate begins at once ("Rate-based schedules"); start and end bound what recurs only.
  const from = schedule.kind === 'at' ? after : Math.max(after, since - 1)
  const at = nextRun(schedule, from, { since, ...(timeZone === undefined ? {} : { timeZone }) })
  return at !== undefined && schedule.kind !== 'at' && endAt !== undefined && at > endAt ? undefined : at
}

export function keyOf({ group, name }: { group: string; name: string }): string {
  return `${group}/${name}`
}
