import { UntagResource$, type UntagResourceRequest } from '@aws-sdk/client-lambda'
import { operation } from '../../../operation'
import { onTagged, tagged } from '../tagged'

/** Takes tags off again. */
export const untagResource = operation<UntagResourceRequest, object>(UntagResource$, {
  ...onTagged,
  context: async (call) => ({ ...(await onTagged.context!(call)), 'aws:TagKeys': call.input.TagKeys! }),
  async run(call) {
    await tagged(call).write((tags) => Object.fromEntries(Object.entries(tags).filter(([key]) => !call.input.TagKeys!.includes(key))))
    return {}
  },
})
