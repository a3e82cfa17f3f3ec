import { UntagResource$, type UntagResourceRequest } from '@aws-sdk/client-eventbridge'
import { operation } from '../../../operation'
import { resourceTags } from '../../tag-context'
import { changeTags, tagsNow } from '../tags'

/** Takes tags from a rule or a bus. */
export const untagResource = operation<UntagResourceRequest, object>(UntagResource$, {
  resource: ({ input }) => input.ResourceARN!,
  context: async (call) => ({ ...resourceTags(await tagsNow(call)), 'aws:TagKeys': call.input.TagKeys! }),
  async run(call) {
    const { TagKeys } = call.input
    await changeTags(call, (tags) => Object.fromEntries(Object.entries(tags).filter(([key]) => !TagKeys!.includes(key))))
    return {}
  },
})
