import { GetTags$, type GetTagsRequest, type Tags } from '@aws-sdk/client-api-gateway'
import { gatewayOperation } from '../gateway-operation'
import { changeTags } from '../tagged'

/** Shows the tags of an API, a stage, an API key or a usage plan. */
export const getTags = gatewayOperation<GetTagsRequest, Tags>(GetTags$, async (call) => ({ tags: await changeTags(call, call.input.resourceArn!, (tags) => tags) }))
