import { TagResource$, type TagResourceRequest } from '@aws-sdk/client-api-gateway'
import { gatewayOperation } from '../gateway-operation'
import { holdQuota, QUOTAS } from '../quotas'
import { changeTags } from '../tagged'
import { checkedTags } from '../tags'

/** Adds tags to an API, a stage, an API key, a usage plan, a client certificate, a VPC link or a domain name. */
export const tagResource = gatewayOperation<TagResourceRequest, object>(TagResource$, async (call) => {
  await changeTags(call, call.input.resourceArn!, (before) => {
    const tags = { ...before, ...call.input.tags }
    holdQuota(Object.keys(tags).length, QUOTAS.tags, 'tags for this resource')
    return checkedTags(tags)
  })
  return {}
})
