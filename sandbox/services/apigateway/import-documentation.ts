import type { DocumentationPart, PutMode } from '@aws-sdk/client-api-gateway'
import type { Call } from '../../operation'
import { scopeOf, type Write } from '../../store'
import { listParts, newPart, partWrite, placeOf } from './documentation'
import { badRequest } from './errors'
import { isPart, type Part } from './openapi-document'
import { holdQuota, QUOTAS } from './quotas'
import { documentationParts, type DocumentationPartRecord, type RestApiRecord } from './records'

/**
 * The documentation parts of an OpenAPI document (`x-amazon-apigateway-documentation`) as writes.
 * @throws BadRequestException where one is wrong and warnings are to fail the import, LimitExceededException
 */
export async function importedParts(call: Call, api: RestApiRecord, document: Part, { mode = 'merge', failOnWarnings = false }: { mode?: PutMode; failOnWarnings?: boolean }): Promise<{ ids: string[]; warnings: string[]; writes: Write[] }> {
  const before = await listParts(call, api)
  const isOverwrite = mode === 'overwrite'
  const parts = new Map((isOverwrite ? [] : before).map((part) => [placeOf(part), part]))
  const warnings: string[] = []
  const imported: DocumentationPartRecord[] = []
  for (const given of listed(document)) {
    try {
      const part = newPart(given)
      const made = { ...part, id: parts.get(placeOf(part))?.id ?? part.id }
      parts.set(placeOf(part), made)
      imported.push(made)
    } catch (error) {
      warnings.push(`Unable to create documentation part: ${(error as Error).message}`)
    }
  }
  if (failOnWarnings && warnings.length > 0) throw badRequest(`Warnings found during import:\n\t${warnings.join('\n\t')}`)
  holdQuota(parts.size, QUOTAS.documentationParts, 'Documentation parts for this API')
  const gone = isOverwrite ? before.map(({ id }) => ({ collection: documentationParts, scope: scopeOf(api), key: `${api.id}/${id}` })) : []
  return { ids: imported.map(({ id }) => id), warnings, writes: [...gone, ...imported.map((part) => partWrite(api, part))] }
}

function listed(document: Part): DocumentationPart[] {
  const declared = document['x-amazon-apigateway-documentation']?.documentationParts
  return (Array.isArray(declared) ? declared : []).filter(isPart).map(({ location, properties }) => {
    const place = isPart(location) ? Object.fromEntries(Object.entries(location).map(([name, value]) => [name, String(value)])) : {}
    if (!/^(API|AUTHORIZER|MODEL|RESOURCE|METHOD|(PATH|QUERY)_PARAMETER|REQUEST_(HEADER|BODY)|RESPONSE(_HEADER|_BODY)?)$/.test(place.type ?? '')) throw badRequest(`Invalid OpenAPI input: no documentation part can be of type ${place.type}.`)
    return { location: place as unknown as DocumentationPart['location'], properties: typeof properties === 'string' ? properties : JSON.stringify(properties ?? null) }
  })
}
