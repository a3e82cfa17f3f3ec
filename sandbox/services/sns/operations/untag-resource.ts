import { UntagResource$, type UntagResourceRequest } from '@aws-sdk/client-sns'
import { operation } from '../../../operation'
import { onResource } from '../on-topic'
import { taggedTopic } from '../topic-tags'
import { changeTopic } from '../topics'

/** Takes tags of a topic away. */
export const untagResource = operation<UntagResourceRequest, object>(UntagResource$, {
  ...onResource,
  context: async (call) => ({ ...(await onResource.context!(call)), 'aws:TagKeys': call.input.TagKeys ?? [] }),
  async run(call) {
    await changeTopic(call.sandbox, await taggedTopic(call), (topic) => {
      topic.tags = Object.fromEntries(Object.entries(topic.tags).filter(([key]) => !call.input.TagKeys!.includes(key)))
    })
    return {}
  },
})
