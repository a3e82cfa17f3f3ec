import type { DocumentationPart, DocumentationPartLocation, DocumentationPartType, DocumentationVersion } from '@aws-sdk/client-api-gateway'
import type { Call } from '../../operation'
import { scopeOf, type Write } from '../../store'
import { badRequest, notFound } from './errors'
import { newId } from './ids'
import { documentationParts, documentationVersions, type DocumentationPartRecord, type DocumentationVersionRecord, type RestApiRecord } from './records'

type Place = 'path' | 'method' | 'statusCode' | 'name'

const OF_METHOD: Place[] = ['path', 'method']
const OF_RESPONSE: Place[] = [...OF_METHOD, 'statusCode']
/** What tells where a part of each kind is (API Gateway API reference, DocumentationPartLocation). */
const PLACES: Record<DocumentationPartType, Place[]> = {
  API: [],
  AUTHORIZER: ['name'],
  MODEL: ['name'],
  RESOURCE: ['path'],
  METHOD: OF_METHOD,
  PATH_PARAMETER: [...OF_METHOD, 'name'],
  QUERY_PARAMETER: [...OF_METHOD, 'name'],
  REQUEST_HEADER: [...OF_METHOD, 'name'],
  REQUEST_BODY: OF_METHOD,
  RESPONSE: OF_RESPONSE,
  RESPONSE_HEADER: [...OF_RESPONSE, 'name'],
  RESPONSE_BODY: OF_RESPONSE,
}
const DEFAULTS: Partial<Record<Place, string>> = { path: '/', method: '*', statusCode: '*' }

/** A part with AWS's defaults of its place. @throws BadRequestException */
export function newPart({ location, properties }: DocumentationPart): DocumentationPartRecord {
  return { id: newId(6), location: checkedLocation(location!), properties: checkedProperties(properties) }
}

function checkedLocation(given: DocumentationPartLocation): DocumentationPartLocation {
  const places = PLACES[given.type!]
  const wrong = (Object.keys(given) as (keyof DocumentationPartLocation)[]).find((name) => name !== 'type' && given[name] !== undefined && !places.includes(name as Place))
  if (wrong) throw badRequest(`Invalid location specified: '${wrong}' is not valid for type ${given.type}`)
  if (places.includes('name') && !given.name) throw badRequest(`Invalid location specified: 'name' is required for type ${given.type}`)
  return { type: given.type!, ...Object.fromEntries(places.map((place) => [place, given[place] ?? DEFAULTS[place]])) }
}

/** @throws BadRequestException where they are no JSON object */
export function checkedProperties(properties: string | undefined): string {
  try {
    const parsed: unknown = JSON.parse(properties ?? '')
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) return properties!
  } catch {
    // As for any other text.
  }
  throw badRequest('Invalid Documentation part properties: they must be a JSON object')
}

/** Where a part is, as one text; `API`, or `METHOD, path '/pets', method 'GET'`. */
export function placeOf({ location: { type, ...places } }: Pick<DocumentationPartRecord, 'location'>): string {
  return [type, ...Object.entries(places).map(([name, value]) => `${name} '${value}'`)].join(', ')
}

/** All parts of an API. */
export async function listParts({ sandbox }: Pick<Call, 'sandbox'>, api: RestApiRecord): Promise<DocumentationPartRecord[]> {
  return (await sandbox.store.list(documentationParts, scopeOf(api), { prefix: `${api.id}/` })).map(({ value }) => value)
}

/** @throws NotFoundException */
export async function requirePart({ sandbox }: Call, api: RestApiRecord, id: string): Promise<DocumentationPartRecord> {
  const found = await sandbox.store.get(documentationParts, scopeOf(api), `${api.id}/${id}`)
  if (!found) throw notFound('Invalid Documentation part identifier specified')
  return found
}

/** All versions of an API's documentation. */
export async function listVersions({ sandbox }: Pick<Call, 'sandbox'>, api: RestApiRecord): Promise<DocumentationVersionRecord[]> {
  return (await sandbox.store.list(documentationVersions, scopeOf(api), { prefix: `${api.id}/` })).map(({ value }) => value)
}

/** @throws NotFoundException */
export async function requireVersion({ sandbox }: Call, api: RestApiRecord, version: string): Promise<DocumentationVersionRecord> {
  const found = await sandbox.store.get(documentationVersions, scopeOf(api), `${api.id}/${version}`)
  if (!found) throw notFound('Invalid Documentation version specified')
  return found
}

/** A version as AWS shows it. */
export function describeVersion({ version, description, createdAt }: DocumentationVersionRecord): DocumentationVersion {
  return { version, ...(description === undefined ? {} : { description }), createdDate: new Date(createdAt) }
}

/** Writes a part of an API. */
export function partWrite(api: RestApiRecord, part: DocumentationPartRecord): Write {
  return { collection: documentationParts, scope: scopeOf(api), key: `${api.id}/${part.id}`, value: part }
}

/** Deletes what an API's documentation is made of. */
export async function documentationDeletes(call: Call, api: RestApiRecord): Promise<Write[]> {
  const scope = scopeOf(api)
  return [
    ...(await listParts(call, api)).map(({ id }) => ({ collection: documentationParts, scope, key: `${api.id}/${id}` })),
    ...(await listVersions(call, api)).map(({ version }) => ({ collection: documentationVersions, scope, key: `${api.id}/${version}` })),
  ]
}
