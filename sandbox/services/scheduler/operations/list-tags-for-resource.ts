import { ListTagsForResource$, type ListTagsForResourceInput, type ListTagsForResourceOutput } from '@aws-sdk/client-scheduler'
import { operation } from '../../../operation'
import { taggedContext, taggedGroup } from '../tags'

/** Lists the tags of a group. */
export const listTagsForResource = operation<ListTagsForResourceInput, ListTagsForResourceOutput>(ListTagsForResource$, {
  resource: ({ input }) => input.ResourceArn!,
  context: taggedContext,
  async run(call) {
    const { tags } = await taggedGroup(call)
    return { Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) }
  },
})
