import { invalidParameter } from './errors'

const MOST = 50

/** Holds a queue's tags against AWS's limits. @throws InvalidParameterValue */
export function checkQueueTags(tags: Record<string, string>): void {
  if (Object.keys(tags).length > MOST) throw invalidParameter(`Too many tags added for queue: at most ${MOST}.`)
  for (const [key, value] of Object.entries(tags)) {
    if (key === '' || key.length > 128 || value.length > 256 || key.toLowerCase().startsWith('aws:')) {
      throw invalidParameter('Tag keys must be between 1 and 128 characters in length and not begin with aws:, tag values at most 256.')
    }
  }
}
