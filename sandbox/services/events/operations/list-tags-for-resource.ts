import { ListTagsForResource$, type ListTagsForResourceRequest, type ListTagsForResourceResponse } from '@aws-sdk/client-eventbridge'
import { operation } from '../../../operation'
import { resourceTags } from '../../tag-context'
import { notFound } from '../errors'
import { tagsNow } from '../tags'

/** Lists the tags of a rule or a bus. */
export const listTagsForResource = operation<ListTagsForResourceRequest, ListTagsForResourceResponse>(ListTagsForResource$, {
  resource: ({ input }) => input.ResourceARN!,
  context: async (call) => resourceTags(await tagsNow(call)),
  async run(call) {
    const tags = await tagsNow(call)
    if (!tags) throw notFound(`Resource ${call.input.ResourceARN} does not exist.`)
    return { Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) }
  },
})
