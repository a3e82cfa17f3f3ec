import { TagResource$, type TagResourceInput } from '@aws-sdk/client-scheduler'
import { operation } from '../../../operation'
import { tagContext } from '../../tag-context'
import { changeTags, taggedContext, tagsOf } from '../tags'

/** Sets tags of a group; others stay. */
export const tagResource = operation<TagResourceInput, object>(TagResource$, {
  resource: ({ input }) => input.ResourceArn!,
  context: async (call) => ({ ...(await taggedContext(call)), ...tagContext(tagsOf(call.input.Tags)) }),
  async run(call) {
    await changeTags(call, (tags) => ({ ...tags, ...tagsOf(call.input.Tags) }))
    return {}
  },
})
