import type { Call } from '../../operation'
import { scopeOf } from '../../store'
import { changeDomain, requireDomain } from '../apigatewayv2/domain-names'
import { lockGateway, requireApi, saveApi } from './apis'
import { badRequest, notFound, own } from './errors'
import { apiKeys, clientCertificates, usagePlans, vpcLinks } from './records'

type Tags = Record<string, string>

/** What bears tags beside APIs, stages and domain names, by how ARNs name it. */
const KINDS = {
  apikeys: { records: apiKeys, missing: 'Invalid API Key identifier specified' },
  usageplans: { records: usagePlans, missing: 'Invalid Usage Plan ID specified' },
  clientcertificates: { records: clientCertificates, missing: 'Invalid Client Certificate identifier specified' },
  vpclinks: { records: vpcLinks, missing: 'Invalid Vpc Link identifier specified' },
}

/**
 * Reads the tags of an API, stage, API key, usage plan, client certificate, VPC link or domain name by its ARN, and writes
 * what `change` makes of them; the same tags are not written.
 * @throws BadRequestException for an ARN of anything else, NotFoundException where it is not there
 */
export async function changeTags(call: Call, arn: string, change: (tags: Tags) => Tags): Promise<Tags> {
  const [, region, kind, id, stageName] = /^arn:aws[\w-]*:apigateway:([\w-]+)::\/(restapis|apikeys|usageplans|clientcertificates|vpclinks|domainnames)\/([^/]+)(?:\/stages\/([^/]+))?$/.exec(arn) ?? []
  if (kind === undefined || (stageName !== undefined && kind !== 'restapis')) throw badRequest(`Invalid ARN specified in the request`)
  if (region !== call.region) throw badRequest('Invalid ARN specified in the request: it names another region')
  if (kind === 'domainnames') return changeDomainTags({ ...call, input: { DomainName: id } }, change)
  const scope = scopeOf(call)
  const { store } = call.sandbox
  return lockGateway(call, async () => {
    if (kind === 'restapis') {
      const api = structuredClone(await requireApi({ ...call, input: { restApiId: id } }))
      const target = stageName === undefined ? api : own(api.stages, stageName)
      if (!target) throw notFound('Invalid stage identifier specified')
      const tags = change(target.tags)
      if (tags === target.tags) return tags
      target.tags = tags
      await saveApi(call.sandbox, api)
      return target.tags
    }
    const { records, missing } = KINDS[kind as keyof typeof KINDS]
    const record = await store.get<{ tags: Tags }>(records, scope, id!)
    if (!record) throw notFound(missing)
    const tags = change(record.tags)
    if (tags === record.tags) return tags
    record.tags = tags
    await store.put<unknown>(records, scope, id!, record)
    return record.tags
  })
}

async function changeDomainTags(call: Call, change: (tags: Tags) => Tags): Promise<Tags> {
  const { tags } = await requireDomain(call)
  if (change(tags) === tags) return tags
  return changeDomain(call, (domain) => (domain.tags = change(domain.tags)))
}
