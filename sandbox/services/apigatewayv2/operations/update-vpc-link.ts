import { UpdateVpcLink$, type UpdateVpcLinkRequest, type UpdateVpcLinkResponse } from '@aws-sdk/client-apigatewayv2'
import { gatewayOperation } from '../../apigateway/gateway-operation'
import { changeLink, describeLink } from '../vpc-links'

/** Changes the name of a VPC link. */
export const updateVpcLink = gatewayOperation<UpdateVpcLinkRequest, UpdateVpcLinkResponse>(UpdateVpcLink$, async (call) =>
  describeLink(
    await changeLink(call, call.input.VpcLinkId, (link) => {
      if (call.input.Name !== undefined) link.Name = call.input.Name
    }),
  ),
)
