import { ListTags$, type ListTagsRequest, type ListTagsResponse } from '@aws-sdk/client-lambda'
import { operation } from '../../../operation'
import { notThere, onTagged, tagged } from '../tagged'

/** Tells the tags of a function, an event source mapping or a code signing configuration. */
export const listTags = operation<ListTagsRequest, ListTagsResponse>(ListTags$, {
  ...onTagged,
  async run(call) {
    const Tags = await tagged(call).read()
    if (!Tags) throw notThere()
    return { Tags }
  },
})
