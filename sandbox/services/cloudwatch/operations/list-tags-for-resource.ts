import { ListTagsForResource$, type ListTagsForResourceInput, type ListTagsForResourceOutput } from '@aws-sdk/client-cloudwatch'
import { operation } from '../../../operation'
import { taggedAlarm } from '../tags'

/** Lists the tags of an alarm. */
export const listTagsForResource = operation<ListTagsForResourceInput, ListTagsForResourceOutput>(ListTagsForResource$, {
  resource: ({ input }) => input.ResourceARN!,
  async run(call) {
    const { tags } = await taggedAlarm(call)
    return { Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) }
  },
})
