import type { Tag } from '@aws-sdk/client-scheduler'
import type { Call } from '../../operation'
import { scopeOf } from '../../store'
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

/** The group that a tag operation is about; only groups bear tags. @throws ResourceNotFoundException */
export async function taggedGroup(call: Call): Promise<ScheduleGroup> {
  const arn = call.input.ResourceArn as string
  const [, region, account, name] = /^arn:aws:scheduler:([\w-]+):(\d{12}):schedule-group\/([\w.-]+)$/.exec(arn) ?? []
  const found = name === undefined ? undefined : await findGroup(call.sandbox, { account: account!, region: region! }, name)
  if (!found) throw notFound(`Resource ${arn} does not exist.`)
  return found
}

/** Changes the tags of a group. @throws ResourceNotFoundException, ValidationException */
export function changeTags(call: Call, change: (tags: Record<string, string>) => Record<string, string>): Promise<void> {
  return lockSchedules(call.sandbox, call.account, async () => {
    const group = await taggedGroup(call)
    await call.sandbox.store.put(groups, scopeOf(group), group.name, { ...group, tags: checkTags(change(group.tags)) })
  })
}
