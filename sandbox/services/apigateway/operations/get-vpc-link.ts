import { GetVpcLink$, type GetVpcLinkRequest, type VpcLink } from '@aws-sdk/client-api-gateway'
import { gatewayOperation } from '../gateway-operation'
import { describeVpcLink, requireVpcLink } from '../vpc-links'

/** Shows a VPC link. */
export const getVpcLink = gatewayOperation<GetVpcLinkRequest, VpcLink>(GetVpcLink$, async (call) => describeVpcLink(await requireVpcLink(call)))
