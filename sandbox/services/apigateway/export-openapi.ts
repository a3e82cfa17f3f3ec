import type { Authorizer, Integration, Method } from '@aws-sdk/client-api-gateway'
import { own } from './errors'
import { referredModel } from './model-schemas'
import type { Part } from './openapi-document'
import type { Definition, RestApiRecord } from './records'

/** Which of API Gateway's extensions an export has. */
export interface Extensions {
  integrations: boolean
  authorizers: boolean
}

const PLACES: Record<string, string> = { querystring: 'query', header: 'header', path: 'path', multivaluequerystring: 'query', multivalueheader: 'header' }

/**
 * A deployed API as an OpenAPI 3 document (API Gateway developer guide, "Export a REST API").
 * @param url where the API answers
 */
export function exportDocument(api: RestApiRecord, definition: Definition, stageName: string, url: string, extensions: Extensions): Part {
  const schemas = Object.values(definition.models).map(({ name, schema }) => [name, withReferences(JSON.parse(schema || '{}'))])
  const securitySchemes = schemesOf(definition, extensions)
  const resources = Object.values(definition.resources).filter(({ methods }) => Object.keys(methods).length > 0)
  const all = extensions.integrations || extensions.authorizers
  const validators = Object.values(definition.requestValidators).map(({ name, validateRequestBody, validateRequestParameters }) => [name, { validateRequestParameters, validateRequestBody }])
  const responses = Object.entries(definition.gatewayResponses).map(([type, { statusCode, responseParameters, responseTemplates }]) => [type, { ...(statusCode === undefined ? {} : { statusCode: Number(statusCode) }), responseParameters, responseTemplates }])
  return {
    openapi: '3.0.1',
    info: { title: api.name, ...(api.description === undefined ? {} : { description: api.description }), version: api.version ?? api.createdAt },
    servers: [{ url: `${url}/{basePath}`, variables: { basePath: { default: stageName } } }],
    paths: Object.fromEntries(resources.sort((a, b) => (a.path < b.path ? -1 : 1)).map(({ path, methods }) => [path, pathItem(definition, path, methods, extensions)])),
    components: { ...(schemas.length > 0 ? { schemas: Object.fromEntries(schemas) } : {}), ...(Object.keys(securitySchemes).length > 0 ? { securitySchemes } : {}) },
    ...(all && validators.length > 0 ? { 'x-amazon-apigateway-request-validators': Object.fromEntries(validators) } : {}),
    ...(all && responses.length > 0 ? { 'x-amazon-apigateway-gateway-responses': Object.fromEntries(responses) } : {}),
    ...(all && definition.binaryMediaTypes.length > 0 ? { 'x-amazon-apigateway-binary-media-types': definition.binaryMediaTypes } : {}),
    ...(all && definition.apiKeySource !== 'HEADER' ? { 'x-amazon-apigateway-api-key-source': definition.apiKeySource } : {}),
    ...(all && definition.minimumCompressionSize !== undefined ? { 'x-amazon-apigateway-minimum-compression-size': definition.minimumCompressionSize } : {}),
    ...(all && definition.policy !== undefined ? { 'x-amazon-apigateway-policy': JSON.parse(definition.policy) } : {}),
  }
}

function pathItem(definition: Definition, path: string, methods: Record<string, Method>, extensions: Extensions): Part {
  return Object.fromEntries(Object.entries(methods).map(([verb, method]) => [verb === 'ANY' ? 'x-amazon-apigateway-any-method' : verb.toLowerCase(), operationOf(definition, path, method, extensions)]))
}

function operationOf(definition: Definition, path: string, method: Method, extensions: Extensions): Part {
  const declared = Object.entries(method.requestParameters ?? {}).map(([name, required]) => {
    const [, , place = '', ...rest] = name.split('.')
    return { name: rest.join('.'), in: PLACES[place]!, required: PLACES[place] === 'path' || required, schema: { type: 'string' } }
  })
  // OpenAPI demands that each variable of a path is declared.
  const variables = [...path.matchAll(/\{([^}+]+)\+?\}/g)].map(([, name]) => ({ name: name!, in: 'path', required: true, schema: { type: 'string' } }))
  const parameters = [...declared, ...variables.filter(({ name }) => !declared.some((other) => other.in === 'path' && other.name === name))]
  const responses = Object.entries(method.methodResponses ?? {}).map(([status, { responseParameters = {}, responseModels = {} }]) => {
    const headers = Object.keys(responseParameters).map((name) => [name.replace(/^method\.response\.header\./, ''), { schema: { type: 'string' } }])
    return [status, { description: `${status} response`, ...(headers.length > 0 ? { headers: Object.fromEntries(headers) } : {}), content: contentOf(responseModels) }]
  })
  const security = securityOf(definition, method)
  const validator = own(definition.requestValidators, method.requestValidatorId)?.name
  return {
    ...(method.operationName ? { operationId: method.operationName } : {}),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(method.requestModels && Object.keys(method.requestModels).length > 0 ? { requestBody: { content: contentOf(method.requestModels), required: true } } : {}),
    responses: responses.length > 0 ? Object.fromEntries(responses) : { default: { description: 'Default response' } },
    ...(security.length > 0 ? { security } : {}),
    ...(extensions.integrations && validator ? { 'x-amazon-apigateway-request-validator': validator } : {}),
    ...(extensions.integrations && method.methodIntegration ? { 'x-amazon-apigateway-integration': integrationOf(method.methodIntegration) } : {}),
  }
}

function integrationOf({ type, httpMethod, integrationResponses, cacheNamespace: _, cacheKeyParameters = [], passthroughBehavior, ...integration }: Integration): Part {
  const responses = Object.values(integrationResponses ?? {}).map(({ selectionPattern, ...response }) => [selectionPattern || 'default', response])
  return {
    type: type!.toLowerCase(),
    ...(httpMethod === undefined ? {} : { httpMethod: httpMethod === 'ANY' ? 'x-amazon-apigateway-any-method' : httpMethod }),
    ...integration,
    ...(cacheKeyParameters.length > 0 ? { cacheKeyParameters } : {}),
    ...(responses.length > 0 ? { responses: Object.fromEntries(responses) } : {}),
    passthroughBehavior: passthroughBehavior?.toLowerCase(),
  }
}

function securityOf({ authorizers }: Definition, { authorizationType, authorizerId, authorizationScopes, apiKeyRequired }: Method): Part[] {
  const name = own(authorizers, authorizerId)?.name
  return [...(authorizationType === 'AWS_IAM' ? [{ sigv4: [] }] : []), ...(name === undefined || authorizationType === 'NONE' ? [] : [{ [name]: authorizationScopes ?? [] }]), ...(apiKeyRequired ? [{ api_key: [] }] : [])]
}

function schemesOf({ resources, authorizers }: Definition, extensions: Extensions): Part {
  const methods = Object.values(resources).flatMap((resource) => Object.values(resource.methods))
  const sigv4 = { type: 'apiKey', name: 'Authorization', in: 'header', 'x-amazon-apigateway-authtype': 'awsSigv4' }
  return {
    ...(methods.some(({ authorizationType }) => authorizationType === 'AWS_IAM') ? { sigv4 } : {}),
    ...(methods.some(({ apiKeyRequired }) => apiKeyRequired) ? { api_key: { type: 'apiKey', name: 'x-api-key', in: 'header' } } : {}),
    ...Object.fromEntries(Object.values(authorizers).map((authorizer) => [authorizer.name, schemeOf(authorizer, extensions)])),
  }
}

function schemeOf({ id: _, name: _name, type, authType, identitySource, ...authorizer }: Authorizer, extensions: Extensions): Part {
  const header = /^method\.request\.header\.(.+)$/.exec(identitySource ?? '')?.[1]
  return {
    type: 'apiKey',
    name: header ?? 'Unused',
    in: 'header',
    'x-amazon-apigateway-authtype': authType,
    ...(extensions.authorizers ? { 'x-amazon-apigateway-authorizer': { ...authorizer, ...(identitySource === undefined ? {} : { identitySource }), type: type!.toLowerCase() } } : {}),
  }
}

function contentOf(models: Record<string, string>): Part {
  return Object.fromEntries(Object.entries(models).map(([type, model]) => [type, { schema: { $ref: `#/components/schemas/${model}` } }]))
}

/** References among models as OpenAPI has them. */
function withReferences(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(withReferences)
  if (typeof schema !== 'object' || schema === null) return schema
  const name = referredModel((schema as Part).$ref)
  if (name !== undefined) return { $ref: `#/components/schemas/${name}` }
  return Object.fromEntries(Object.entries(schema).filter(([key]) => key !== '$schema').map(([key, value]) => [key, withReferences(value)]))
}
