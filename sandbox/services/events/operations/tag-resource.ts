import { TagResource$, type TagResourceRequest } from '@aws-sdk/client-eventbridge'
import { operation } from '../../../operation'
import { resourceTags, tagContext } from '../../tag-context'
import { changeTags, tagsNow, tagsOf } from '../tags'

/** Sets tags of a rule or a bus; others stay. */
export const tagResource = operation<TagResourceRequest, object>(TagResource$, {
  resource: ({ input }) => input.ResourceARN!,
  context: async (call) => ({ ...resourceTags(await tagsNow(call)), ...tagContext(tagsOf(call.input.Tags)) }),
  async run(call) {
    await changeTags(call, (tags) => ({ ...tags, ...tagsOf(call.input.Tags) }))
    return {}
  },
})
