import { CreateVpcLink$, type CreateVpcLinkRequest, type VpcLink } from '@aws-sdk/client-api-gateway'
import { scopeOf } from '../../../store'
import { lockGateway } from '../apis'
import { gatewayOperation } from '../gateway-operation'
import { newId } from '../ids'
import { holdQuota, QUOTAS } from '../quotas'
import { vpcLinks, type VpcLinkRecord } from '../records'
import { checkedTags } from '../tags'
import { checkTargets, describeVpcLink, listVpcLinks } from '../vpc-links'

/** Notes a VPC link, at once available; there are no load balancers in the sandbox that it could lead to. */
export const createVpcLink = gatewayOperation<CreateVpcLinkRequest, VpcLink>(CreateVpcLink$, (call) =>
  lockGateway(call, async () => {
    const { name, description, targetArns, tags } = call.input
    checkTargets(targetArns!)
    holdQuota((await listVpcLinks(call)).length + 1, QUOTAS.vpcLinks, 'VPC links for this account')
    const link: VpcLinkRecord = { id: newId(6), name: name!, ...(description === undefined ? {} : { description }), targetArns: targetArns!, status: 'AVAILABLE', createdAt: new Date(call.sandbox.now()).toISOString(), tags: checkedTags(tags) }
    await call.sandbox.store.put(vpcLinks, scopeOf(call), link.id, link)
    return describeVpcLink(link)
  }),
)
