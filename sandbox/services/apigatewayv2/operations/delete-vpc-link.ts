import { DeleteVpcLink$, type DeleteVpcLinkRequest } from '@aws-sdk/client-apigatewayv2'
import { gatewayOperation } from '../../apigateway/gateway-operation'
import { removeLink } from '../vpc-links'

/** Deletes a VPC link. */
export const deleteVpcLink = gatewayOperation<DeleteVpcLinkRequest, object>(DeleteVpcLink$, async (call) => {
  await removeLink(call, call.input.VpcLinkId)
  return {}
})
