import type { Call } from '../../operation'
import { scopeOf } from '../../store'
import { lockGateway, requireApi, saveApi } from './apis'
import { badRequest, notFound, own } from './errors'
import { apiKeys, usagePlans } from './records'

/**
 * Reads the tags of an API, stage, API key or usage plan by its ARN, and writes what `change` makes of them; the same tags are not written.
 * @throws BadRequestException for an ARN of anything else, NotFoundException where it is not there
 */
export async function changeTags(call: Call, arn: string, change: (tags: Record<string, string>) => Record<string, string>): Promise<Record<string, string>> {
  const [, region, kind, id, stageName] = /^arn:aws[\w-]*:apigateway:([\w-]+)::\/(restapis|apikeys|usageplans)\/([^/]+)(?:\/stages\/([^/]+))?$/.exec(arn) ?? []
  if (kind === undefined || (stageName !== undefined && kind !== 'restapis')) throw badRequest(`Invalid ARN specified in the request`)
  if (region !== call.region) throw badRequest('Invalid ARN specified in the request: it names another region')
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
    const records = kind === 'apikeys' ? apiKeys : usagePlans
    const record = await store.get<{ tags: Record<string, string> }>(records, scope, id!)
    if (!record) throw notFound(kind === 'apikeys' ? 'Invalid API Key identifier specified' : 'Invalid Usage Plan ID specified')
    const tags = change(record.tags)
    if (tags === record.tags) return tags
    record.tags = tags
    await store.put<unknown>(records, scope, id!, record)
    return record.tags
  })
}
