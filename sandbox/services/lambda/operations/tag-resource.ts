import { TagResource$, type TagResourceRequest } from '@aws-sdk/client-lambda'
import { operation } from '../../../operation'
import { tagContext } from '../../tag-context'
import { onTagged, tagged } from '../tagged'
import { checkTags } from '../tags'

/** Puts tags on a function, an event source mapping or a code signing configuration. */
export const tagResource = operation<TagResourceRequest, object>(TagResource$, {
  ...onTagged,
  context: async (call) => ({ ...(await onTagged.context!(call)), ...tagContext(call.input.Tags) }),
  async run(call) {
    await tagged(call).write((before) => {
      const tags = { ...before, ...call.input.Tags }
      checkTags(tags)
      return tags
    })
    return {}
  },
})
