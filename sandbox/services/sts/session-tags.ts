import type { Tag } from '@aws-sdk/client-sts'
import { AwsError } from '../../errors'
import type { Principal } from '../../operation'

/** Tags of a session by key. @throws AwsError InvalidParameterValue where two keys differ only in case */
export function readTags(tags: Tag[] = []): Record<string, string> {
  if (new Set(tags.map(({ Key }) => Key!.toLowerCase())).size < tags.length) {
    throw invalid('Duplicate tag keys found. Please note that Tag keys are case insensitive.')
  }
  return Object.fromEntries(tags.map(({ Key, Value }) => [Key!, Value!]))
}

/**
 * The tags of a session that a chain may lead to: those given now, and those of the calling session that go on by themselves
 * (IAM User Guide, "Chaining roles with session tags").
 * @throws AwsError InvalidParameterValue where a tag that goes on would be given anew, or a key to go on is not among the tags
 */
export function chainedTags(caller: Principal, tags: Tag[] | undefined, transitiveKeys: string[] = []): Pick<Principal, 'sessionTags' | 'transitiveTagKeys'> {
  const given = readTags(tags)
  const inherited = caller.transitiveTagKeys ?? []
  const isIn = (keys: string[], key: string) => keys.some((one) => one.toLowerCase() === key.toLowerCase())
  if (Object.keys(given).some((key) => isIn(inherited, key))) {
    throw invalid("One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from the calling session.")
  }
  if (transitiveKeys.some((key) => !isIn(Object.keys(given), key))) throw invalid('The specified transitive tag key must be included in the requested tags.')
  const sessionTags = { ...Object.fromEntries(inherited.map((key) => [key, caller.sessionTags![key]!])), ...given }
  const transitiveTagKeys = [...inherited, ...Object.keys(given).filter((key) => isIn(transitiveKeys, key))]
  return { ...(Object.keys(sessionTags).length > 0 ? { sessionTags } : {}), ...(transitiveTagKeys.length > 0 ? { transitiveTagKeys } : {}) }
}

function invalid(message: string): AwsError {
  return new AwsError('InvalidParameterValue', message, 400)
}
