import { ListTags$, type ListTagsRequest, type ListTagsResponse } from '@aws-sdk/client-lambda'
import { operation } from '../../../operation'
import { requireFunction } from '../functions'
import { onTagged, taggedFunction } from '../tagged'

/** Tells a function's tags. */
export const listTags = operation<ListTagsRequest, ListTagsResponse>(ListTags$, {
  ...onTagged,
  run: async (call) => ({ Tags: (await requireFunction(call.sandbox, taggedFunction(call))).tags }),
})
