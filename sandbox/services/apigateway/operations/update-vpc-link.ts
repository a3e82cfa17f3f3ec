import { UpdateVpcLink$, type UpdateVpcLinkRequest, type VpcLink } from '@aws-sdk/client-api-gateway'
import { scopeOf } from '../../../store'
import { lockGateway } from '../apis'
import { gatewayOperation } from '../gateway-operation'
import { applyPatch, text } from '../patch'
import { vpcLinks } from '../records'
import { describeVpcLink, requireVpcLink } from '../vpc-links'

/** Changes name and description of a VPC link. */
export const updateVpcLink = gatewayOperation<UpdateVpcLinkRequest, VpcLink>(UpdateVpcLink$, (call) =>
  lockGateway(call, async () => {
    const link = await requireVpcLink(call)
    applyPatch(link, call.input.patchOperations, { '/name': text('name'), '/description': text('description') })
    await call.sandbox.store.put(vpcLinks, scopeOf(call), link.id, link)
    return describeVpcLink(link)
  }),
)
