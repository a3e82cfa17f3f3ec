import type { Authorizer, Integration, Route } from '@aws-sdk/client-apigatewayv2'
import { own } from '../apigateway/errors'
import type { Part } from '../apigateway/openapi-document'
import type { Definition, HttpApiRecord } from './records'
import { parseRouteKey } from './routes'

/** What an export is told. */
export interface ExportSettings {
  /** Where the API answers. */
  url: string
  /** The stage's name where it is in the path. */
  basePath: string
  /** Whether API Gateway's extensions are in it. */
  extensions: boolean
}

/** An HTTP API as an OpenAPI 3 document (HTTP API developer guide, "Exporting an HTTP API"). */
export function exportDocument(api: HttpApiRecord, definition: Definition, { url, basePath, extensions }: ExportSettings): Part {
  const routes = Object.values(definition.routes).sort((a, b) => (a.RouteKey! < b.RouteKey! ? -1 : 1))
  const paths: Record<string, Part> = {}
  for (const route of routes) {
    const { method, path } = parseRouteKey(route.RouteKey!) ?? { method: 'ANY', path: '/$default' }
    ;(paths[path] ??= {})[method === 'ANY' ? 'x-amazon-apigateway-any-method' : method.toLowerCase()] = operationOf(definition, route, path, extensions)
  }
  const isIam = routes.some(({ AuthorizationType }) => AuthorizationType === 'AWS_IAM')
  const schemes = Object.fromEntries([...Object.values(definition.authorizers).map((authorizer) => [authorizer.Name, schemeOf(authorizer, extensions)]), ...(isIam ? [['sigv4', { type: 'apiKey', name: 'Authorization', in: 'header', ...(extensions ? { 'x-amazon-apigateway-authtype': 'awsSigv4' } : {}) }]] : [])])
  const tags = Object.entries(api.tags)
  return {
    openapi: '3.0.1',
    info: { title: api.name, ...(api.description === undefined ? {} : { description: api.description }), version: api.version ?? api.createdAt },
    servers: [{ url: `${url}/{basePath}`, variables: { basePath: { default: basePath } }, ...(extensions && definition.isEndpointDisabled ? { 'x-amazon-apigateway-endpoint-configuration': { disableExecuteApiEndpoint: true } } : {}) }],
    ...(extensions && tags.length > 0 ? { tags: tags.map(([name, value]) => ({ name, 'x-amazon-apigateway-tag-value': value })) } : {}),
    paths,
    ...(Object.keys(schemes).length > 0 ? { components: { securitySchemes: schemes } } : {}),
    ...(extensions ? { ...(definition.cors ? { 'x-amazon-apigateway-cors': renamed(definition.cors) } : {}), 'x-amazon-apigateway-importexport-version': '1.0' } : {}),
  }
}

function operationOf({ authorizers, integrations }: Definition, route: Route, path: string, extensions: boolean): Part {
  const variables = [...path.matchAll(/\{([^}+]+)\+?\}/g)].map(([, name]) => ({ name, in: 'path', description: `Generated path parameter for ${name}`, required: true, schema: { type: 'string' } }))
  const authorizer = own(authorizers, route.AuthorizerId)?.Name
  const security = route.AuthorizationType === 'AWS_IAM' ? [{ sigv4: [] }] : authorizer === undefined ? [] : [{ [authorizer]: route.AuthorizationScopes ?? [] }]
  const integration = own(integrations, route.Target?.replace(/^integrations\//, ''))
  return {
    ...(route.OperationName === undefined ? {} : { operationId: route.OperationName }),
    ...(variables.length > 0 ? { parameters: variables } : {}),
    responses: { default: { description: `Default response for ${route.RouteKey}` } },
    ...(security.length > 0 ? { security } : {}),
    ...(extensions && path === '/$default' ? { isDefaultRoute: true } : {}),
    ...(extensions && integration ? { 'x-amazon-apigateway-integration': integrationOf(integration) } : {}),
  }
}

function integrationOf({ IntegrationId: _, ApiGatewayManaged: _managed, IntegrationType, IntegrationUri, IntegrationMethod, CredentialsArn, ...more }: Integration): Part {
  return {
    ...renamed(more),
    type: IntegrationType!.toLowerCase(),
    httpMethod: IntegrationMethod,
    uri: IntegrationUri,
    ...(CredentialsArn === undefined ? {} : { credentials: CredentialsArn }),
  }
}

function schemeOf(authorizer: Authorizer, extensions: boolean): Part {
  const { AuthorizerType, JwtConfiguration, IdentitySource = [], AuthorizerUri, AuthorizerCredentialsArn, AuthorizerPayloadFormatVersion, AuthorizerResultTtlInSeconds, EnableSimpleResponses } = authorizer
  const isJwt = AuthorizerType === 'JWT'
  const [, place = 'header', name = 'Unused'] = /^\$request\.(header|querystring)\.(.+)$/.exec(IdentitySource[0] ?? '') ?? []
  const declared = {
    type: AuthorizerType!.toLowerCase(),
    ...(IdentitySource.length > 0 ? { identitySource: IdentitySource.join(', ') } : {}),
    ...(JwtConfiguration ? { jwtConfiguration: renamed(JwtConfiguration) } : {}),
    ...(isJwt ? {} : { authorizerUri: AuthorizerUri, authorizerPayloadFormatVersion: AuthorizerPayloadFormatVersion, authorizerResultTtlInSeconds: AuthorizerResultTtlInSeconds, enableSimpleResponses: EnableSimpleResponses }),
    ...(AuthorizerCredentialsArn === undefined ? {} : { authorizerCredentials: AuthorizerCredentialsArn }),
  }
  return {
    ...(isJwt ? { type: 'oauth2', flows: {} } : { type: 'apiKey', name, in: place === 'querystring' ? 'query' : 'header' }),
    ...(extensions ? { 'x-amazon-apigateway-authorizer': declared } : {}),
  }
}

/** Members as documents have them: `AllowOrigins` becomes `allowOrigins`. */
function renamed(members: object): Part {
  return Object.fromEntries(Object.entries(members).map(([name, value]) => [name[0]!.toLowerCase() + name.slice(1), value]))
}
