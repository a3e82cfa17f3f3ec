import { ListTagsForResource$, type ListTagsForResourceRequest, type ListTagsForResourceResponse } from '@aws-sdk/client-sns'
import { operation } from '../../../operation'
import { onResource } from '../on-topic'
import { taggedTopic } from '../topic-tags'

/** Lists the tags of a topic. */
export const listTagsForResource = operation<ListTagsForResourceRequest, ListTagsForResourceResponse>(ListTagsForResource$, {
  ...onResource,
  async run(call) {
    return { Tags: Object.entries((await taggedTopic(call)).tags).map(([Key, Value]) => ({ Key, Value })) }
  },
})
