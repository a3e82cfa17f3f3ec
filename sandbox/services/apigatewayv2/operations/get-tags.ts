import { GetTags$, type GetTagsRequest, type GetTagsResponse } from '@aws-sdk/client-apigatewayv2'
import { gatewayOperation } from '../../apigateway/gateway-operation'
import { tagsOf } from '../tagged'

/** Shows the tags of an HTTP API or a stage. */
export const getTags = gatewayOperation<GetTagsRequest, GetTagsResponse>(GetTags$, async (call) => ({ Tags: await tagsOf(call, call.input.ResourceArn!) }))
