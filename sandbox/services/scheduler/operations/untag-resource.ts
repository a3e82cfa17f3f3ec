import { UntagResource$, type UntagResourceInput } from '@aws-sdk/client-scheduler'
import { operation } from '../../../operation'
import { changeTags, taggedContext } from '../tags'

/** Takes tags from a group. */
export const untagResource = operation<UntagResourceInput, object>(UntagResource$, {
  resource: ({ input }) => input.ResourceArn!,
  context: async (call) => ({ ...(await taggedContext(call)), 'aws:TagKeys': call.input.TagKeys! }),
  async run(call) {
    const { TagKeys } = call.input
    await changeTags(call, (tags) => Object.fromEntries(Object.entries(tags).filter(([key]) => !TagKeys!.includes(key))))
    return {}
  },
})
