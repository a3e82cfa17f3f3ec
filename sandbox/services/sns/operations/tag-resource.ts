import { TagResource$, type TagResourceRequest } from '@aws-sdk/client-sns'
import { operation } from '../../../operation'
import { tagContext } from '../../tag-context'
import { onResource } from '../on-topic'
import { checkTagCount, readTags, taggedTopic } from '../topic-tags'
import { changeTopic } from '../topics'

/** Sets tags of a topic; others stay. */
export const tagResource = operation<TagResourceRequest, object>(TagResource$, {
  ...onResource,
  context: async (call) => ({ ...(await onResource.context!(call)), ...tagContext(Object.fromEntries((call.input.Tags ?? []).map(({ Key, Value }) => [Key!, Value!]))) }),
  async run(call) {
    const added = readTags(call.input.Tags)
    await changeTopic(call.sandbox, await taggedTopic(call), (topic) => {
      topic.tags = { ...topic.tags, ...added }
      checkTagCount(topic.tags)
    })
    return {}
  },
})
