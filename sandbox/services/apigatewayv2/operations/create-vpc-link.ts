import { CreateVpcLink$, type CreateVpcLinkRequest, type CreateVpcLinkResponse } from '@aws-sdk/client-apigatewayv2'
import { gatewayOperation } from '../../apigateway/gateway-operation'
import { addLink, describeLink } from '../vpc-links'

/** Notes a VPC link, at once available; the sandbox has no VPC that it could lead to. */
export const createVpcLink = gatewayOperation<CreateVpcLinkRequest, CreateVpcLinkResponse>(CreateVpcLink$, async (call) => describeLink(await addLink(call, call.input as CreateVpcLinkRequest)))
