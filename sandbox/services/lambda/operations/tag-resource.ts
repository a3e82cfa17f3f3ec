import { TagResource$, type TagResourceRequest } from '@aws-sdk/client-lambda'
import { operation } from '../../../operation'
import { changeFunction } from '../functions'
import { onTagged, taggedFunction } from '../tagged'
import { tagContext } from '../../tag-context'
import { checkTags } from '../tags'

/** Puts tags on a function. */
export const tagResource = operation<TagResourceRequest, object>(TagResource$, {
  ...onTagged,
  context: async (call) => ({ ...(await onTagged.context!(call)), ...tagContext(call.input.Tags) }),
  async run(call) {
    await changeFunction(call.sandbox, taggedFunction(call), (record) => {
      record.tags = { ...record.tags, ...call.input.Tags }
      checkTags(record.tags)
    })
    return {}
  },
})
