import type { Tag } from '@aws-sdk/client-scheduler'
import type { Call } from '../../operation'
import { scopeOf } from '../../store'
import { resourceTags } from '../tag-context'
import { invalid, notFound } from './errors'
import { findGroup, lockSchedules } from './groups'
import { groups, type ScheduleGroup } from './records'

const MOST = 50

/** Tags by key. @throws ValidationException */
export function tagsOf(list: Tag[] | undefined): Record<string, string> {
  return checkTags(Object.fromEntries((list ?? []).map(({ Key, Value }) => [Key!, Value!])))
}

function checkTags(tags: Record<string, string>): Record<string, string> {
  if (Object.keys(tags).length > MOST) throw invalid(`A schedule group bears at most ${MOST} tags.`)
  if (Object.keys(tags).some((key) => /^aws:/i.test(key))) throw invalid('Tag keys cannot begin with aws:.')
  return tags
}

/** The group that a tag operation is about; undefined where it is not there. Only groups bear tags. */
async function findTagged({ sandbox, input }: Call): Promise<ScheduleGroup | undefined> {
  const [, region, account, name] = /^arn:aws:scheduler:([\w-]+):(\d{12}):schedule-group\/([\w.-]+)$/.exec(input.ResourceArn) ?? []
  return name === undefined ? undefined : findGroup(sandbox, { account: account!, region: region! }, name)
}

/** The same. @throws ResourceNotFoundException where it is not there */
export async function taggedGroup(call: Call): Promise<ScheduleGroup> {
  const found = await findTagged(call)
  if (!found) throw notFound(`Resource ${call.input.ResourceArn} does not exist.`)
  return found
}

/** Condition keys of a tag operation: the tags that the group bears. */
export async function taggedContext(call: Call): Promise<Record<string, string>> {
  return resourceTags((await findTagged(call))?.tags)
}

/** Changes the tags of a group. @throws ResourceNotFoundException, ValidationException */
export function changeTags(call: Call, change: (tags: Record<string, string>) => Record<string, string>): Promise<void> {
  return lockSchedules(call.sandbox, call.account, async () => {
    const group = await taggedGroup(call)
    await call.sandbox.store.put(groups, scopeOf(group), group.name, { ...group, tags: checkTags(change(group.tags)) })
  })
}
