import { TooManyRequestsException, type CreateVpcLinkRequest, type VpcLink } from '@aws-sdk/client-apigatewayv2'
import type { Call } from '../../operation'
import { collection, scopeOf } from '../../store'
import { badRequest, notFound } from '../apigateway/errors'
import { lockGateway } from '../apigateway/apis'
import { newId } from '../apigateway/ids'
import { checkedTags } from '../apigateway/tags'

const MOST_LINKS = 10
const MOST_SUBNETS = 10

/** A VPC link. The sandbox has no VPCs: what integrates through it answers 503, as on AWS where nothing listens. */
export interface VpcLinkRecord extends Omit<VpcLink, 'CreatedDate'> {
  VpcLinkId: string
  Name: string
  Tags: Record<string, string>
  createdAt: string
}

/** Scope: `account/region`; key: the link's id. */
export const vpcLinks = collection<VpcLinkRecord>('apigatewayv2/vpc-links')

/** @throws NotFoundException */
export async function requireLink({ sandbox, account, region }: Call, id: string | undefined): Promise<VpcLinkRecord> {
  const found = id === undefined ? undefined : await sandbox.store.get(vpcLinks, scopeOf({ account, region }), id)
  if (!found) throw notFound(`Invalid VpcLink identifier specified ${id}`)
  return found
}

/** All links of an account in a region. */
export async function listLinks({ sandbox, account, region }: Call): Promise<VpcLinkRecord[]> {
  return (await sandbox.store.list(vpcLinks, scopeOf({ account, region }))).map(({ value }) => value)
}

/** Writes a new link. @throws BadRequestException, TooManyRequestsException */
export async function addLink(call: Call, { Name, SubnetIds = [], SecurityGroupIds = [], Tags }: CreateVpcLinkRequest): Promise<VpcLinkRecord> {
  const { sandbox, account, region } = call
  const wrong = [...SubnetIds.filter((id) => !/^subnet-[0-9a-z]+$/.test(id)), ...SecurityGroupIds.filter((id) => !/^sg-[0-9a-z]+$/.test(id))]
  if (wrong.length > 0) throw badRequest(`Invalid identifiers specified: ${wrong.join(', ')}`)
  if (SubnetIds.length === 0 || SubnetIds.length > MOST_SUBNETS) throw badRequest(`A VPC link has 1 to ${MOST_SUBNETS} subnets.`)
  return lockGateway(call, async () => {
    if ((await listLinks(call)).length >= MOST_LINKS) throw new TooManyRequestsException({ LimitType: 'vpclinks', message: `Maximum number of VPC links for this account has been reached: ${MOST_LINKS}.`, $metadata: {} })
    const link: VpcLinkRecord = { VpcLinkId: newId(6), Name: Name!, SubnetIds, SecurityGroupIds, Tags: checkedTags(Tags), VpcLinkStatus: 'AVAILABLE', VpcLinkStatusMessage: 'VPC link is ready to route traffic', VpcLinkVersion: 'V2', createdAt: new Date(sandbox.now()).toISOString() }
    await sandbox.store.put(vpcLinks, scopeOf({ account, region }), link.VpcLinkId, link)
    return link
  })
}

/** Changes a link: `change` gets a copy to alter, which is then written. @throws NotFoundException */
export async function changeLink(call: Call, id: string | undefined, change: (link: VpcLinkRecord) => void): Promise<VpcLinkRecord> {
  return lockGateway(call, async () => {
    const link = structuredClone(await requireLink(call, id))
    change(link)
    await call.sandbox.store.put(vpcLinks, scopeOf(call), link.VpcLinkId, link)
    return link
  })
}

/** Deletes a link. @throws NotFoundException */
export async function removeLink(call: Call, id: string | undefined): Promise<void> {
  await lockGateway(call, async () => {
    const { VpcLinkId } = await requireLink(call, id)
    await call.sandbox.store.delete(vpcLinks, scopeOf(call), VpcLinkId)
  })
}

/** A link as AWS shows it. */
export function describeLink({ createdAt, ...link }: VpcLinkRecord): VpcLink {
  return { ...link, CreatedDate: new Date(createdAt) }
}
