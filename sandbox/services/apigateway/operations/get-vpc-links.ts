import { GetVpcLinks$, type GetVpcLinksRequest, type VpcLinks } from '@aws-sdk/client-api-gateway'
import { gatewayOperation } from '../gateway-operation'
import { page } from '../paging'
import { describeVpcLink, listVpcLinks } from '../vpc-links'

/** Lists the VPC links of the region. */
export const getVpcLinks = gatewayOperation<GetVpcLinksRequest, VpcLinks>(GetVpcLinks$, async (call) => {
  const { items, position } = page(await listVpcLinks(call), ({ id }) => id, call.input)
  return { items: items.map(describeVpcLink), position }
})
