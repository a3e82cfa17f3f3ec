import { TagResource$, type TagResourceRequest } from '@aws-sdk/client-api-gateway'
import { gatewayOperation } from '../gateway-operation'
import { holdQuota, QUOTAS } from '../quotas'
import { changeTags } from '../tagged'
import { checkedTags } from '../tags'

/** Adds tags to an API, a stage, an API key or a usage plan. */
export const tagResource = gatewayOperation<TagResourceRequest, object>(TagResource$, async (call) => {
  await changeTags(call, call.input.resourceArn!, (before) => {
    const tags = { ...before, ...call.input.tags }
    holdQuota(Object.keys(tags).length, QUOTAS.tags, 'tags for this resource')
    return checkedTags(tags)
  })
  return {}
})
