import type { Api, Cors, CreateApiRequest } from '@aws-sdk/client-apigatewayv2'
import type { Call } from '../../operation'
import type { Sandbox } from '../../sandbox'
import { badRequest } from '../apigateway/errors'
import { newId } from '../apigateway/ids'
import { checkedTags } from '../apigateway/tags'
import type { HttpApiRecord } from './records'

const ROUTE_SELECTION = '$request.method $request.path'
const METHODS = new Set(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', '*'])

/** A new HTTP API without routes. @throws BadRequestException, also for a WebSocket API */
export function newHttpApi(call: Call, input: CreateApiRequest): HttpApiRecord {
  if (input.ProtocolType !== 'HTTP') throw badRequest('This sandbox has HTTP APIs only; WEBSOCKET is not one of its protocol types.')
  checkSelection(input)
  return {
    id: newId(10),
    account: call.account,
    region: call.region,
    name: checkedName(input.Name!),
    ...(input.Description === undefined ? {} : { description: input.Description }),
    ...(input.Version === undefined ? {} : { version: input.Version }),
    createdAt: new Date(call.sandbox.now()).toISOString(),
    ipAddressType: input.IpAddressType ?? 'ipv4',
    tags: checkedTags(input.Tags),
    definition: { ...(input.CorsConfiguration ? { cors: checkedCors(input.CorsConfiguration) } : {}), ...(input.DisableExecuteApiEndpoint ? { isEndpointDisabled: true } : {}), routes: {}, integrations: {}, authorizers: {} },
    deployments: {},
    stages: {},
  }
}

/** @throws BadRequestException */
export function checkedName(name: string): string {
  if (name.length < 1 || name.length > 128) throw badRequest('Invalid API name specified: names have 1 to 128 characters.')
  return name
}

/** HTTP APIs select routes in one way only. @throws BadRequestException */
export function checkSelection({ RouteSelectionExpression: route }: { RouteSelectionExpression?: string | undefined }): void {
  if (route !== undefined && route.replace(/[{}]/g, '') !== ROUTE_SELECTION) throw badRequest(`Only '${ROUTE_SELECTION}' is supported as the route selection expression of HTTP APIs`)
}

/** A CORS configuration as it is kept. @throws BadRequestException where a browser could not follow it */
export function checkedCors(given: Cors): Cors {
  for (const origin of given.AllowOrigins ?? []) {
    if (origin !== '*' && !/^[a-z][a-z0-9+.-]*:\/\/[^/\s]+$/i.test(origin)) throw badRequest(`Invalid format for origin ${origin}. Origins begin with a scheme such as https:// and have no path.`)
  }
  for (const method of given.AllowMethods ?? []) if (!METHODS.has(method)) throw badRequest(`Invalid method ${method} in allowMethods`)
  if (given.AllowCredentials && given.AllowOrigins?.includes('*')) throw badRequest("allowOrigins cannot be '*' when allowCredentials is true")
  const small = (names: string[] | undefined) => names?.map((name) => name.toLowerCase())
  return { ...given, ...(given.AllowHeaders ? { AllowHeaders: small(given.AllowHeaders)! } : {}), ...(given.ExposeHeaders ? { ExposeHeaders: small(given.ExposeHeaders)! } : {}) }
}

/** Where an API answers on this sandbox. */
export function endpointOf(sandbox: Sandbox, { id }: Pick<HttpApiRecord, 'id'>): string {
  const { protocol, port } = new URL(sandbox.url())
  return `${protocol}//${id}.execute-api.localhost:${port}`
}

/** An API as AWS shows it. */
export function describeApi(sandbox: Sandbox, api: HttpApiRecord): Api {
  return {
    ApiEndpoint: endpointOf(sandbox, api),
    ApiId: api.id,
    ApiKeySelectionExpression: '$request.header.x-api-key',
    CorsConfiguration: api.definition.cors,
    CreatedDate: new Date(api.createdAt),
    Description: api.description,
    DisableExecuteApiEndpoint: api.definition.isEndpointDisabled ?? false,
    IpAddressType: api.ipAddressType,
    Name: api.name,
    ProtocolType: 'HTTP',
    RouteSelectionExpression: ROUTE_SELECTION,
    Tags: api.tags,
    Version: api.version,
  }
}
