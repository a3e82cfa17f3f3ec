import { TagResource$, type TagResourceInput } from '@aws-sdk/client-cloudwatch'
import { operation } from '../../../operation'
import { tagContext } from '../../tag-context'
import { changeTags, tagsOf } from '../tags'

/** Sets tags of an alarm; others stay. */
export const tagResource = operation<TagResourceInput, object>(TagResource$, {
  resource: ({ input }) => input.ResourceARN!,
  context: ({ input }) => tagContext(tagsOf(input.Tags)),
  async run(call) {
    await changeTags(call, (tags) => ({ ...tags, ...tagsOf(call.input.Tags) }))
    return {}
  },
})
