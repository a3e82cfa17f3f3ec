import type { Call } from '../../operation'
import type { Sandbox } from '../../sandbox'
import { scopeOf } from '../../store'
import { notFound } from './errors'
import { groups, type ScheduleGroup } from './records'

/** The group that is there in each account and region. */
export const DEFAULT_GROUP = 'default'

type Place = Pick<Call, 'account' | 'region'>

export function groupArn({ account, region }: Place, name: string): string {
  return `arn:aws:scheduler:${region}:${account}:schedule-group/${name}`
}

/** A group; the default one always is there. */
export async function findGroup(sandbox: Sandbox, place: Place, name: string): Promise<ScheduleGroup | undefined> {
  const found = await sandbox.store.get(groups, scopeOf(place), name)
  return found ?? (name === DEFAULT_GROUP ? defaultGroup(place) : undefined)
}

/** @throws ResourceNotFoundException */
export async function requireGroup(sandbox: Sandbox, place: Place, name: string): Promise<ScheduleGroup> {
  const found = await findGroup(sandbox, place, name)
  if (!found) throw notFound(`Schedule group ${name} does not exist.`)
  return found
}

/** All groups of an account in a region, by name. */
export async function listGroups(sandbox: Sandbox, place: Place): Promise<ScheduleGroup[]> {
  const kept = (await sandbox.store.list(groups, scopeOf(place))).map(({ value }) => value)
  const all = kept.some(({ name }) => name === DEFAULT_GROUP) ? kept : [...kept, defaultGroup(place)]
  return all.sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** Runs `work` alone on an account's schedules and groups. */
export function lockSchedules<T>(sandbox: Sandbox, account: string, work: () => Promise<T>): Promise<T> {
  return sandbox.store.lock(`scheduler ${account}`, work)
}

function defaultGroup({ account, region }: Place): ScheduleGroup {
  const since = Date.UTC(2026, 0, 1)
  return { account, region, name: DEFAULT_GROUP, tags: {}, createdAt: since, modifiedAt: since }
}
