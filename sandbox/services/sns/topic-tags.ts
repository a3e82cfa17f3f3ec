import { ResourceNotFoundException, TagLimitExceededException, type Tag } from '@aws-sdk/client-sns'
import type { Call } from '../../operation'
import { invalid } from './errors'
import { parseTopicArn } from './names'
import { inRegion } from './on-topic'
import type { Topic } from './records'
import { findTopic } from './topics'

const MOST = 50

/** Tags of a call as a map. @throws InvalidParameter where a key comes twice or is AWS's */
export function readTags(given: Tag[] | undefined): Record<string, string> {
  const tags = Object.fromEntries((given ?? []).map(({ Key, Value }) => [Key!, Value!]))
  if (Object.keys(tags).length < (given ?? []).length) throw invalid('Duplicated keys are not allowed.')
  if (Object.keys(tags).some((key) => /^aws:/i.test(key))) throw invalid('Tag keys must not begin with aws:')
  return tags
}

/** @throws TagLimitExceeded */
export function checkTagCount(tags: Record<string, string>): void {
  if (Object.keys(tags).length > MOST) throw new TagLimitExceededException({ message: 'Could not complete request: tag quota of per resource exceeded', $metadata: {} })
}

const noResource = () => new ResourceNotFoundException({ message: 'Resource does not exist', $metadata: {} })

/** The topic that a call's ResourceArn names. @throws InvalidParameter, ResourceNotFound */
export async function taggedTopic(call: Call): Promise<Topic> {
  const topic = await findTopic(call.sandbox, inRegion(call, parseTopicArn(call.input.ResourceArn, 'ResourceArn')))
  if (!topic) throw noResource()
  return topic
}
