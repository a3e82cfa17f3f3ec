import { UntagResource$, type UntagResourceInput } from '@aws-sdk/client-cloudwatch'
import { operation } from '../../../operation'
import { changeTags } from '../tags'

/** Takes tags from an alarm. */
export const untagResource = operation<UntagResourceInput, object>(UntagResource$, {
  resource: ({ input }) => input.ResourceARN!,
  context: ({ input }) => ({ 'aws:TagKeys': input.TagKeys! }),
  async run(call) {
    const { TagKeys } = call.input
    await changeTags(call, (tags) => Object.fromEntries(Object.entries(tags).filter(([key]) => !TagKeys!.includes(key))))
    return {}
  },
})
