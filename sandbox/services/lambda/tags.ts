import { invalid } from './errors'

const MOST_TAGS = 50

/** Condition keys of a call that brings tags. */
export function tagContext(tags: Record<string, string> | undefined): Record<string, string | string[]> {
  if (!tags) return {}
  const context: Record<string, string | string[]> = { 'aws:TagKeys': Object.keys(tags) }
  for (const [key, value] of Object.entries(tags)) context[`aws:RequestTag/${key}`] = value
  return context
}

/** Condition keys of the tags that a function bears. */
export function resourceTags(tags: Record<string, string> | undefined): Record<string, string> {
  return Object.fromEntries(Object.entries(tags ?? {}).map(([key, value]) => [`aws:ResourceTag/${key}`, value]))
}

/** Holds tags against AWS's limits. @throws InvalidParameterValueException */
export function checkTags(tags: Record<string, string>): void {
  const keys = Object.keys(tags)
  if (keys.length > MOST_TAGS) throw invalid(`Tag limit exceeded: a function can have at most ${MOST_TAGS} tags.`)
  for (const key of keys) {
    if (key === '' || key.length > 128 || tags[key]!.length > 256) throw invalid(`The tag ${key.slice(0, 128)} is too long: keys have 1 to 128 characters, values at most 256.`)
    if (key.toLowerCase().startsWith('aws:')) throw invalid(`The tag key ${key} is reserved: keys must not begin with aws:.`)
  }
}
