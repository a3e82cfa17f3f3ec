import type { Call } from '../../operation'
import { badRequest, notFound } from '../apigateway/errors'
import { changeApi, requireApi } from './apis'
import { changeDomain, requireDomain } from './domain-names'
import { requireStage } from './stages'
import { changeLink, requireLink } from './vpc-links'

type Tags = Record<string, string>

/** What an ARN names. */
type Tagged = { DomainName: string } | { VpcLinkId: string } | { ApiId: string; stageName?: string }

/** The tags of an API, a stage, a domain name or a VPC link by its ARN. @throws BadRequestException, NotFoundException */
export async function tagsOf(call: Call, arn: string): Promise<Tags> {
  const input = parse(call, arn)
  if ('DomainName' in input) return (await requireDomain({ ...call, input })).tags
  if ('VpcLinkId' in input) return (await requireLink(call, input.VpcLinkId)).Tags
  const api = await requireApi({ ...call, input })
  return input.stageName === undefined ? api.tags : (requireStage(api, input.stageName).Tags ?? {})
}

/** Writes what `change` makes of the tags of an API, a stage, a domain name or a VPC link. @throws BadRequestException, NotFoundException */
export async function changeTags(call: Call, arn: string, change: (tags: Tags) => Tags): Promise<void> {
  const input = parse(call, arn)
  if ('DomainName' in input) {
    await changeDomain({ ...call, input }, (domain) => void (domain.tags = change(domain.tags)))
    return
  }
  if ('VpcLinkId' in input) {
    await changeLink(call, input.VpcLinkId, (link) => void (link.Tags = change(link.Tags)))
    return
  }
  await changeApi({ ...call, input }, (api) => {
    if (input.stageName === undefined) {
      api.tags = change(api.tags)
      return
    }
    const stage = requireStage(api, input.stageName)
    stage.Tags = change(stage.Tags ?? {})
  })
}

function parse({ region }: Call, arn: string): Tagged {
  const [, where, domain, VpcLinkId, ApiId, stageName] = /^arn:aws[\w-]*:apigateway:([\w-]+)::\/(?:domainnames\/([^/]+)|vpclinks\/([^/]+)|apis\/([^/]+)(?:\/stages\/([^/]+))?)$/.exec(arn) ?? []
  if (where === undefined) throw badRequest('Invalid ARN specified in the request')
  if (where !== region) throw notFound('Invalid ARN specified in the request: it names another region')
  if (domain !== undefined) return { DomainName: domain }
  if (VpcLinkId !== undefined) return { VpcLinkId }
  return { ApiId: ApiId!, ...(stageName === undefined ? {} : { stageName }) }
}
