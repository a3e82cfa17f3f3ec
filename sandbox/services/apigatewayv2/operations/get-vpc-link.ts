import { GetVpcLink$, type GetVpcLinkRequest, type GetVpcLinkResponse } from '@aws-sdk/client-apigatewayv2'
import { gatewayOperation } from '../../apigateway/gateway-operation'
import { describeLink, requireLink } from '../vpc-links'

/** Shows a VPC link. */
export const getVpcLink = gatewayOperation<GetVpcLinkRequest, GetVpcLinkResponse>(GetVpcLink$, async (call) => describeLink(await requireLink(call, call.input.VpcLinkId)))
