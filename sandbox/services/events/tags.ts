import type { Tag } from '@aws-sdk/client-eventbridge'
import type { Call } from '../../operation'
import { changeBus, findBus, lockEvents } from './buses'
import { invalid, notFound } from './errors'
import { DEFAULT_BUS, parseBus } from './names'
import { findRule, requireRule, writeOf, type RuleName } from './rules'

const MOST = 50

/** Tags by key. @throws ValidationException */
export function tagsOf(list: Tag[] | undefined): Record<string, string> {
  return checkTags(Object.fromEntries((list ?? []).map(({ Key, Value }) => [Key!, Value!])))
}

/** @throws ValidationException for more than fifty, or a key that is AWS's own */
export function checkTags(tags: Record<string, string>): Record<string, string> {
  if (Object.keys(tags).length > MOST) throw invalid(`A resource bears at most ${MOST} tags.`)
  if (Object.keys(tags).some((key) => /^aws:/i.test(key))) throw invalid('Tag keys cannot begin with aws:.')
  return tags
}

/** The rule or bus that a tag operation is about. */
export type Tagged = { rule: RuleName; bus?: undefined } | { bus: ReturnType<typeof parseBus>; rule?: undefined }

/** @throws ResourceNotFoundException where the ARN is of nothing that bears tags */
function taggedOf(call: Call): Tagged {
  const arn = call.input.ResourceARN as string
  const [, region, account, path] = /^arn:aws:events:([\w-]+):(\d{12}):rule\/(.+)$/.exec(arn) ?? []
  if (path !== undefined) {
    const [bus, name] = path.includes('/') ? [path.slice(0, path.lastIndexOf('/')), path.slice(path.lastIndexOf('/') + 1)] : [DEFAULT_BUS, path]
    return { rule: { region: region!, account: account!, bus, name } }
  }
  if (!arn.includes(':event-bus/')) throw notFound(`Resource ${arn} does not exist.`)
  return { bus: parseBus(call, arn) }
}

/** The tags that a resource bears now; undefined where it is not there. */
export async function tagsNow(call: Call): Promise<Record<string, string> | undefined> {
  const tagged = taggedOf(call)
  return (tagged.rule ? await findRule(call.sandbox, tagged.rule) : await findBus(call.sandbox, tagged.bus))?.tags
}

/** Changes the tags of a rule or a bus. @throws ResourceNotFoundException, ValidationException */
export async function changeTags(call: Call, change: (tags: Record<string, string>) => Record<string, string>): Promise<void> {
  const tagged = taggedOf(call)
  if (tagged.bus) {
    await changeBus(call.sandbox, tagged.bus, (bus) => {
      bus.tags = checkTags(change(bus.tags))
    })
    return
  }
  const name = tagged.rule
  await lockEvents(call.sandbox, name.account, async () => {
    const rule = await requireRule(call.sandbox, name)
    await call.sandbox.store.batch([writeOf(name, { ...rule, tags: checkTags(change(rule.tags)) })])
  })
}
