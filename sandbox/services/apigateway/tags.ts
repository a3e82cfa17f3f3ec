import { badRequest } from './errors'

const MOST_TAGS = 50

/** Holds tags against AWS's limits and gives them back. @throws BadRequestException */
export function checkedTags(tags: Record<string, string> | undefined): Record<string, string> {
  const keys = Object.keys(tags ?? {})
  if (keys.length > MOST_TAGS) throw badRequest(`Too many tags: a resource can have at most ${MOST_TAGS}.`)
  for (const key of keys) {
    if (key === '' || key.length > 128 || tags![key]!.length > 256) throw badRequest(`Invalid tag ${key.slice(0, 128)}: keys have 1 to 128 characters, values at most 256.`)
    if (key.toLowerCase().startsWith('aws:')) throw badRequest(`Invalid tag key ${key}: keys must not begin with aws:.`)
  }
  return tags ?? {}
}
