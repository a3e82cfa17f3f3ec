import { ResourceNotFoundException, type Tag } from '@aws-sdk/client-cloudwatch'
import type { Call } from '../../operation'
import { scopeOf } from '../../store'
import { invalidValue } from './errors'
import { findAlarm, lockAlarms } from './metric-alarms'
import { metricAlarms, type MetricAlarm } from './records'

const MOST = 50

/** Tags by key. @throws InvalidParameterValueException */
export function tagsOf(list: Tag[] | undefined): Record<string, string> {
  return checkTags(Object.fromEntries((list ?? []).map(({ Key, Value }) => [Key!, Value!])))
}

function checkTags(tags: Record<string, string>): Record<string, string> {
  if (Object.keys(tags).length > MOST) throw invalidValue(`A resource bears at most ${MOST} tags.`)
  if (Object.keys(tags).some((key) => /^aws:/i.test(key))) throw invalidValue('Tag keys cannot begin with aws:.')
  return tags
}

/** The alarm that a tag operation is about. @throws InvalidParameterValueException, ResourceNotFoundException */
export async function taggedAlarm(call: Call): Promise<MetricAlarm> {
  const arn = call.input.ResourceARN as string
  const [, region, account, name] = /^arn:aws:cloudwatch:([\w-]+):(\d{12}):alarm:(.+)$/.exec(arn) ?? []
  if (name === undefined) throw invalidValue(`The value ${arn} for parameter ResourceARN is not the ARN of an alarm.`)
  const found = await findAlarm(call.sandbox, { region: region!, account: account! }, name)
  if (!found) throw new ResourceNotFoundException({ ResourceType: 'alarm', ResourceId: name, message: `Alarm ${name} does not exist.`, $metadata: {} })
  return found
}

/** Changes the tags of an alarm. @throws as {@link taggedAlarm} does */
export function changeTags(call: Call, change: (tags: Record<string, string>) => Record<string, string>): Promise<void> {
  return lockAlarms(call.sandbox, call.account, async () => {
    const alarm = await taggedAlarm(call)
    await call.sandbox.store.put(metricAlarms, scopeOf(alarm), alarm.alarmName, { ...alarm, tags: checkTags(change(alarm.tags)) })
  })
}
