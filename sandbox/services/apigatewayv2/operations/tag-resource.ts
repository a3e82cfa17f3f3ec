import { TagResource$, type TagResourceRequest } from '@aws-sdk/client-apigatewayv2'
import { gatewayOperation } from '../../apigateway/gateway-operation'
import { checkedTags } from '../../apigateway/tags'
import { changeTags } from '../tagged'

/** Adds tags to an HTTP API or a stage. */
export const tagResource = gatewayOperation<TagResourceRequest, object>(TagResource$, async (call) => {
  await changeTags(call, call.input.ResourceArn!, (tags) => checkedTags({ ...tags, ...call.input.Tags }))
  return {}
})
