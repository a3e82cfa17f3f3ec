import { GetTags$, type GetTagsRequest, type Tags } from '@aws-sdk/client-api-gateway'
import { gatewayOperation } from '../gateway-operation'
import { changeTags } from '../tagged'

/** Shows the tags of what bears tags, by its ARN. */
export const getTags = gatewayOperation<GetTagsRequest, Tags>(GetTags$, async (call) => ({ tags: await changeTags(call, call.input.resourceArn!, (tags) => tags) }))
