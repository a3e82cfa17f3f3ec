import { TagResource$, type TagResourceRequest } from '@aws-sdk/client-api-gateway'
import { gatewayOperation } from '../gateway-operation'
import { changeTags } from '../tagged'
import { checkedTags } from '../tags'

/** Adds tags to an API, a stage, an API key or a usage plan. */
export const tagResource = gatewayOperation<TagResourceRequest, object>(TagResource$, async (call) => {
  await changeTags(call, call.input.resourceArn!, (tags) => checkedTags({ ...tags, ...call.input.tags }))
  return {}
})
