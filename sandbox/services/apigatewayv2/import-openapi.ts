import { BadRequestException } from '@aws-sdk/client-api-gateway'
import { Cors$, CreateAuthorizerRequest$, CreateIntegrationRequest$, type Authorizer, type Cors, type CreateAuthorizerRequest, type CreateIntegrationRequest } from '@aws-sdk/client-apigatewayv2'
import type { Call } from '../../operation'
import { badRequest } from '../apigateway/errors'
import { newId } from '../apigateway/ids'
import { basePathOf } from '../apigateway/import-openapi'
import { isPart, readDocument, resolved, VERBS, type Part } from '../apigateway/openapi-document'
import { checkedTags } from '../apigateway/tags'
import { checkedAuthorizer } from './authorizers'
import { checkedCors, checkedName } from './http-api'
import { checkedIntegration } from './integrations'
import { readPart } from './read-part'
import type { Definition, HttpApiRecord } from './records'
import { checkedRoute } from './routes'

/** What an import says beside the API. */
export interface Notes {
  /** Valid OpenAPI that HTTP APIs have no use for. */
  ImportInfo: string[]
  /** What was left out, being none that HTTP APIs can do. */
  Warnings: string[]
}

/** What an import is told. */
export interface ImportRequest {
  Body?: string | undefined
  Basepath?: string | undefined
  FailOnWarnings?: boolean | undefined
}

/** Reads the OpenAPI 3 document of an import. @throws BadRequestException where it is none */
export function readImport({ Body }: ImportRequest): Part {
  const document = readDocument(Buffer.from(Body!))
  if (document.openapi === undefined) throw badRequest('Invalid OpenAPI input: HTTP APIs support OpenAPI 3.0 only.')
  return document
}

/**
 * Puts what an OpenAPI document describes in the place of all that an API has but its stages; alters the record
 * (HTTP API developer guide, "Use OpenAPI definitions for HTTP APIs").
 * @throws BadRequestException with what was found wrong, or for warnings where those are to fail
 */
export async function importDocument(call: Call, api: HttpApiRecord, document: Part, { Basepath, FailOnWarnings }: ImportRequest): Promise<Notes> {
  const notes: Notes = { ImportInfo: [], Warnings: [] }
  api.definition = { ...settingsOf(document), routes: {}, integrations: {}, authorizers: {} }
  describe(api, document)
  const { definition } = api
  const guards = await importAuthorizers(call, api, document)
  const shared = new Map<unknown, string | undefined>()
  if (isPart(document.components?.schemas)) notes.ImportInfo.push('Models are not supported for HTTP APIs: components.schemas is ignored.')
  const prefix = prefixOf(document, Basepath)
  for (const [path, item] of Object.entries(isPart(document.paths) ? document.paths : {})) {
    if (!isPart(item)) continue
    for (const verb of VERBS) {
      const operation = item[verb] as Part | undefined
      if (!isPart(operation)) continue
      const RouteKey = path === '/$default' || operation.isDefaultRoute === true ? '$default' : `${verb.startsWith('x-') ? 'ANY' : verb.toUpperCase()} ${prefix}${path}`
      if (operation.requestBody !== undefined) notes.ImportInfo.push(`Request validation is not supported for HTTP APIs: requestBody of route ${RouteKey} is ignored.`)
      const declared: unknown = operation['x-amazon-apigateway-integration'] ?? item['x-amazon-apigateway-integration']
      const place = isPart(declared) ? (declared.$ref ?? declared) : undefined
      if (place !== undefined && !shared.has(place)) {
        shared.set(place, await attempt(`create integration for route ${RouteKey}`, () => importIntegration(call, api, resolved(document, declared as Part), RouteKey, notes)))
      }
      const IntegrationId = shared.get(place)
      await attempt(`create route ${RouteKey}`, () => {
        const route = checkedRoute(api, {
          RouteId: newId(7),
          RouteKey,
          ...(typeof operation.operationId === 'string' ? { OperationName: operation.operationId } : {}),
          ...(IntegrationId === undefined ? {} : { Target: `integrations/${IntegrationId}` }),
          ...guardOf(operation, document, guards),
        })
        definition.routes[route.RouteId!] = route
      })
    }
  }
  if (FailOnWarnings && notes.Warnings.length > 0) throw badRequest(`Warnings found during import:\n\t${notes.Warnings.join('\n\t')}`)
  return notes
}

/** @throws BadRequestException that says what could not be done; all other errors as they are */
async function attempt<T>(what: string, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof BadRequestException)) throw error
    throw badRequest(`Errors found during import:\n\tUnable to ${what}: ${error.message}`)
  }
}

function describe(api: HttpApiRecord, document: Part): void {
  const { title, description, version } = document.info as Part
  api.name = checkedName(String(title))
  if (typeof description === 'string') api.description = description
  else delete api.description
  if (version !== undefined) api.version = String(version)
  const tags = (Array.isArray(document.tags) ? document.tags.filter(isPart) : []).filter((tag) => tag['x-amazon-apigateway-tag-value'] !== undefined)
  if (tags.length > 0) api.tags = checkedTags(Object.fromEntries(tags.map((tag) => [String(tag.name), String(tag['x-amazon-apigateway-tag-value'])])))
}

function settingsOf(document: Part): Pick<Definition, 'cors' | 'isEndpointDisabled'> {
  const cors = document['x-amazon-apigateway-cors']
  const isDisabled = Array.isArray(document.servers) && document.servers.some((server) => isPart(server) && server['x-amazon-apigateway-endpoint-configuration']?.disableExecuteApiEndpoint === true)
  return { ...(isPart(cors) ? { cors: checkedCors(readPart<Cors>(Cors$, cors)) } : {}), ...(isDisabled ? { isEndpointDisabled: true } : {}) }
}

/** How a route is guarded by a security scheme: its authorizer. */
type Guards = Map<string, Authorizer>

async function importAuthorizers(call: Call, { id, definition }: HttpApiRecord, document: Part): Promise<Guards> {
  const guards: Guards = new Map()
  const schemes = document.components?.securitySchemes
  for (const [name, scheme] of Object.entries(isPart(schemes) ? schemes : {})) {
    const declared: unknown = isPart(scheme) ? scheme['x-amazon-apigateway-authorizer'] : undefined
    if (!isPart(declared)) continue
    await attempt(`create authorizer ${name}`, async () => {
      const kind = String(declared.type ?? '').toUpperCase()
      if (kind !== 'JWT' && kind !== 'REQUEST') throw badRequest(`Authorizer type ${String(declared.type)} is not supported for HTTP APIs: only jwt and request are.`)
      const { identitySource: source, authorizerUri, authorizerCredentials } = declared
      const { ApiId: _, ...given } = readPart<CreateAuthorizerRequest>(CreateAuthorizerRequest$, {
        ...pick(declared, ['jwtConfiguration', 'authorizerPayloadFormatVersion', 'authorizerResultTtlInSeconds', 'enableSimpleResponses']),
        ApiId: id,
        name,
        authorizerType: kind,
        identitySource: typeof source === 'string' ? source.split(',').map((one) => one.trim()) : (source ?? []),
        authorizerUri: filled(call, authorizerUri),
        authorizerCredentialsArn: filled(call, authorizerCredentials),
      })
      const authorizer = await checkedAuthorizer(call, { ...given, AuthorizerId: newId(6) })
      definition.authorizers[authorizer.AuthorizerId!] = authorizer
      guards.set(name, authorizer)
    })
  }
  return guards
}

function guardOf(operation: Part, document: Part, guards: Guards): { AuthorizationType?: 'AWS_IAM' | 'JWT' | 'CUSTOM'; AuthorizerId?: string; AuthorizationScopes?: string[] } {
  if (operation['x-amazon-apigateway-auth']?.type === 'AWS_IAM') return { AuthorizationType: 'AWS_IAM' }
  const required: unknown = operation.security ?? document.security
  const demands = (Array.isArray(required) ? required.filter(isPart) : []).flatMap((one) => Object.entries(one))
  for (const [name, scopes] of demands) {
    if (document.components?.securitySchemes?.[name]?.['x-amazon-apigateway-authtype'] === 'awsSigv4') return { AuthorizationType: 'AWS_IAM' }
    const authorizer = guards.get(name)
    if (!authorizer) continue
    const wanted = Array.isArray(scopes) ? scopes.map(String) : []
    return { AuthorizationType: authorizer.AuthorizerType === 'JWT' ? 'JWT' : 'CUSTOM', AuthorizerId: authorizer.AuthorizerId!, ...(wanted.length > 0 ? { AuthorizationScopes: wanted } : {}) }
  }
  return {}
}

/** @returns the integration's id; undefined, and a warning, where HTTP APIs have none of that type */
async function importIntegration(call: Call, { id, definition }: HttpApiRecord, declared: Part, routeKey: string, notes: Notes): Promise<string | undefined> {
  const type = String(declared.type ?? '').toUpperCase()
  if (type !== 'AWS_PROXY' && type !== 'HTTP_PROXY') {
    notes.Warnings.push(`Unable to create integration for route ${routeKey}: integration type ${type || 'undefined'} is not supported for HTTP APIs. Only AWS_PROXY and HTTP_PROXY are.`)
    return undefined
  }
  const { ApiId: _, ...given } = readPart<CreateIntegrationRequest>(CreateIntegrationRequest$, {
    ...pick(declared, ['connectionType', 'connectionId', 'description', 'integrationSubtype', 'payloadFormatVersion', 'requestParameters', 'responseParameters', 'timeoutInMillis', 'tlsConfig']),
    ApiId: id,
    integrationType: type,
    integrationUri: filled(call, declared.uri),
    integrationMethod: typeof declared.httpMethod === 'string' ? declared.httpMethod.toUpperCase().replace('X-AMAZON-APIGATEWAY-ANY-METHOD', 'ANY') : declared.httpMethod,
    credentialsArn: filled(call, declared.credentials),
  })
  const integration = await checkedIntegration(call, { ...given, IntegrationId: newId(7) })
  definition.integrations[integration.IntegrationId!] = integration
  return integration.IntegrationId
}

/** The path before all paths: that of `servers`, of which `split` takes away the first part. */
function prefixOf(document: Part, basepath: string | undefined): string {
  switch (basepath ?? 'ignore') {
    case 'ignore':
      return ''
    case 'prepend':
      return basePathOf(document)
    case 'split':
      return basePathOf(document).replace(/^\/[^/]*/, '')
    default:
      throw badRequest(`Invalid basepath ${basepath}: ignore, prepend and split are valid.`)
  }
}

/** AWS's variables of imports (API Gateway developer guide, "AWS variables for OpenAPI import"). */
function filled({ account, region }: Call, value: unknown): unknown {
  return typeof value === 'string' ? value.replaceAll('${AWSRegion}', region).replaceAll('${AWSAccountId}', account).replaceAll('${AWSPartition}', 'aws') : value
}

function pick(part: Part, names: string[]): Part {
  return Object.fromEntries(names.filter((name) => part[name] !== undefined).map((name) => [name, part[name]]))
}
