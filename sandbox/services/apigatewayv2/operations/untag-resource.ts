import { UntagResource$, type UntagResourceRequest } from '@aws-sdk/client-apigatewayv2'
import { gatewayOperation } from '../../apigateway/gateway-operation'
import { without } from '../../apigateway/errors'
import { changeTags } from '../tagged'

/** Takes tags from an HTTP API or a stage. */
export const untagResource = gatewayOperation<UntagResourceRequest, object>(UntagResource$, async (call) => {
  await changeTags(call, call.input.ResourceArn!, (tags) => call.input.TagKeys!.reduce(without, tags))
  return {}
})
