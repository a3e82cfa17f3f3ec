import { GetVpcLinks$, type GetVpcLinksRequest, type GetVpcLinksResponse } from '@aws-sdk/client-apigatewayv2'
import { gatewayOperation } from '../../apigateway/gateway-operation'
import { pageOf } from '../paging'
import { describeLink, listLinks } from '../vpc-links'

/** Lists the VPC links of the account. */
export const getVpcLinks = gatewayOperation<GetVpcLinksRequest, GetVpcLinksResponse>(GetVpcLinks$, async (call) => pageOf((await listLinks(call)).map(describeLink), ({ VpcLinkId }) => VpcLinkId!, call.input))
