import { randomUUID } from 'node:crypto'
import { CreateTopic$, TopicLimitExceededException, type CreateTopicInput, type CreateTopicResponse } from '@aws-sdk/client-sns'
import { operation, type Call } from '../../../operation'
import { scopeOf } from '../../../store'
import { tagContext } from '../../tag-context'
import { invalid, notHere } from '../errors'
import { isFifo, topicArn, type TopicName } from '../names'
import { topics, type Topic } from '../records'
import { changedAttributes, describeTopic } from '../topic-attributes'
import { checkTagCount, readTags } from '../topic-tags'
import { findTopic, listTopicRecords, lockTopics } from '../topics'

/** SNS quotas: topics of an account. */
const MOST = 100_000
const MOST_FIFO = 1000

/** Makes a topic; one that is there already with the same attributes is given back. */
export const createTopic = operation<CreateTopicInput, CreateTopicResponse>(CreateTopic$, {
  resource: (call) => topicArn(nameOf(call)),
  context: ({ input }) => tagContext(Object.fromEntries((input.Tags ?? []).map(({ Key, Value }) => [Key!, Value!]))),
  async run(call) {
    const { input, sandbox } = call
    const name = nameOf(call)
    if (input.DataProtectionPolicy !== undefined) throw notHere('the data protection policy of a topic')
    const given = (input.Attributes ?? {}) as Record<string, string>
    checkName(name, given.FifoTopic === 'true')
    const tags = readTags(input.Tags)
    checkTagCount(tags)
    const { FifoTopic: _, ...attributes } = changedAttributes(name, {}, given, true)
    return lockTopics(sandbox, name.account, async () => {
      const before = await findTopic(sandbox, name)
      if (before) {
        requireAlike(before, attributes, input.Tags === undefined ? undefined : tags)
        return { TopicArn: topicArn(name) }
      }
      const others = await listTopicRecords(sandbox, name)
      if (others.filter((topic) => isFifo(topic) === isFifo(name)).length >= (isFifo(name) ? MOST_FIFO : MOST)) {
        throw new TopicLimitExceededException({ message: 'Topic limit exceeded', $metadata: {} })
      }
      const topic: Topic = { ...name, id: randomUUID(), attributes, tags, createdAt: new Date(sandbox.now()).toISOString() }
      await sandbox.store.put(topics, scopeOf(name), name.name, topic)
      return { TopicArn: topicArn(name) }
    })
  },
})

function nameOf({ account, region, input }: Call<CreateTopicInput>): TopicName {
  return { account, region, name: input.Name! }
}

function checkName({ name }: TopicName, isAskedFifo: boolean): void {
  if (isAskedFifo && !/^[\w-]{1,251}\.fifo$/.test(name)) {
    throw invalid('Fifo Topic names must end with .fifo and must be made up of only uppercase and lowercase ASCII letters, numbers, underscores, and hyphens, and must be between 1 and 256 characters long.')
  }
  if (!isAskedFifo && !/^[\w-]{1,256}$/.test(name)) throw invalid('Topic Name')
}

function requireAlike(before: Topic, attributes: Record<string, string>, tags: Record<string, string> | undefined): void {
  const whole = describeTopic(before, { confirmed: 0, pending: 0 })
  if (Object.entries(attributes).some(([key, value]) => whole[key] !== value)) throw invalid('Attributes Reason: Topic already exists with different attributes')
  const isTagged = tags === undefined || (Object.keys(tags).length === Object.keys(before.tags).length && Object.entries(tags).every(([key, value]) => before.tags[key] === value))
  if (!isTagged) throw invalid('Tags Reason: Topic already exists with different tags')
}
