import { UntagResource$, type UntagResourceRequest } from '@aws-sdk/client-lambda'
import { operation } from '../../../operation'
import { changeFunction } from '../functions'
import { onTagged, taggedFunction } from '../tagged'

/** Takes tags off a function. */
export const untagResource = operation<UntagResourceRequest, object>(UntagResource$, {
  ...onTagged,
  context: async (call) => ({ ...(await onTagged.context!(call)), 'aws:TagKeys': call.input.TagKeys! }),
  async run(call) {
    await changeFunction(call.sandbox, taggedFunction(call), (record) => {
      for (const key of call.input.TagKeys!) delete record.tags[key]
    })
    return {}
  },
})
