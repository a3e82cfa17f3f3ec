import { invalid } from './errors'

const MOST_TAGS = 50

/** Holds tags against AWS's limits. @throws InvalidParameterValueException */
export function checkTags(tags: Record<string, string>): void {
  const keys = Object.keys(tags)
  if (keys.length > MOST_TAGS) throw invalid(`Tag limit exceeded: a function can have at most ${MOST_TAGS} tags.`)
  for (const key of keys) {
    if (key === '' || key.length > 128 || tags[key]!.length > 256) throw invalid(`The tag ${key.slice(0, 128)} is too long: keys have 1 to 128 characters, values at most 256.`)
    if (key.toLowerCase().startsWith('aws:')) throw invalid(`The tag key ${key} is reserved: keys must not begin with aws:.`)
  }
}
