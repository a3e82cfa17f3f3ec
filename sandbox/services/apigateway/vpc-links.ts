import type { Integration, VpcLink } from '@aws-sdk/client-api-gateway'
import type { Call } from '../../operation'
import { scopeOf } from '../../store'
import { badRequest, notFound } from './errors'
import { vpcLinks, type VpcLinkRecord } from './records'

/** @throws NotFoundException */
export async function requireVpcLink(call: Call): Promise<VpcLinkRecord> {
  const found = await call.sandbox.store.get(vpcLinks, scopeOf(call), call.input.vpcLinkId)
  if (!found) throw notFound('Invalid Vpc Link identifier specified')
  return found
}

/** All VPC links of the region. */
export async function listVpcLinks(call: Call): Promise<VpcLinkRecord[]> {
  return (await call.sandbox.store.list(vpcLinks, scopeOf(call))).map(({ value }) => value)
}

/** @throws BadRequestException where it does not name one network load balancer */
export function checkTargets(targetArns: string[]): void {
  if (targetArns.length !== 1) throw badRequest('Only one target ARN is allowed for a VPC link')
  if (!/^arn:aws[\w-]*:elasticloadbalancing:[\w-]+:\d{12}:loadbalancer\/net\/[\w-]+\/\w+$/.test(targetArns[0]!)) throw badRequest('Invalid target ARN specified: it must be the ARN of a network load balancer')
}

/** @throws BadRequestException where an integration goes through a VPC link that is not there; one that a stage variable names is not looked at */
export async function checkConnection(call: Call, { connectionType, connectionId = '' }: Integration): Promise<void> {
  if (connectionType !== 'VPC_LINK' || connectionId.startsWith('${stageVariables.')) return
  if (!(await call.sandbox.store.get(vpcLinks, scopeOf(call), connectionId))) throw badRequest('Invalid Vpc Link identifier specified')
}

/** A VPC link as AWS shows it. */
export function describeVpcLink({ createdAt: _, tags, ...link }: VpcLinkRecord): VpcLink {
  return { ...link, ...(Object.keys(tags).length > 0 ? { tags } : {}) }
}
