import { randomInt } from 'node:crypto'
import { LimitExceededException, type Authorizer, type Integration, type Method, type MethodResponse } from '@aws-sdk/client-api-gateway'
import { checkedAuthorizer } from './authorizers'
import { badRequest, own } from './errors'
import { checkGatewayResponse, GATEWAY_RESPONSES } from './gateway-responses'
import { newId } from './ids'
import { checkIntegrationResponse, checkModels, newIntegration, newMethod } from './methods'
import { checkModel } from './models'
import { isPart, modelOfReference, resolved, VERBS, type Part } from './openapi-document'
import { holdQuota, QUOTAS } from './quotas'
import type { Definition, RestApiRecord } from './records'
import { addResource } from './resource-tree'
import { checkedCompression, readPolicy } from './rest-api'

const LOCATIONS: Record<string, string> = { query: 'querystring', header: 'header', path: 'path' }

/**
 * Puts what an OpenAPI document describes into an API; alters the record
 * (API Gateway developer guide, "OpenAPI extensions for API Gateway").
 * @param basePath what becomes of the path of `servers`: left out, or put before all paths
 * @throws BadRequestException with what was found wrong, LimitExceededException
 */
export function importDocument(api: RestApiRecord, document: Part, basePath: 'ignore' | 'prepend' = 'ignore'): void {
  const { definition } = api
  const attempt = (what: string, work: () => void) => {
    try {
      work()
    } catch (error) {
      if (error instanceof LimitExceededException) throw error
      throw badRequest(`Errors found during import:\n\tUnable to ${what}: ${(error as Error).message}`)
    }
  }
  importSettings(api, document)
  importModels(api, document, attempt)
  const validators = importValidators(definition, document)
  const security = importAuthorizers(definition, document, attempt)
  importGatewayResponses(definition, document, attempt)
  const prefix = basePath === 'prepend' ? basePathOf(document) : ''
  for (const [path, item] of Object.entries(isPart(document.paths) ? document.paths : {})) {
    if (!isPart(item)) continue
    let resourceId = ''
    attempt(`create resource at path '${path}'`, () => (resourceId = resourceAt(api, `${prefix}${path}`)))
    for (const verb of VERBS) {
      const operation = item[verb] as Part | undefined
      if (!isPart(operation)) continue
      const httpMethod = verb.startsWith('x-') ? 'ANY' : verb.toUpperCase()
      const at = `'${httpMethod}' for resource at path '${path}'`
      attempt(`put method ${at}`, () => {
        definition.resources[resourceId]!.methods[httpMethod] = methodOf(api, document, { ...operation, parameters: [...list(item.parameters), ...list(operation.parameters)] }, httpMethod, { validators, security })
      })
      const integration = operation['x-amazon-apigateway-integration'] ?? item['x-amazon-apigateway-integration']
      if (!isPart(integration)) continue
      attempt(`put integration on ${at}`, () => putIntegration(api, resourceId, httpMethod, resolved(document, integration)))
    }
  }
}

type Attempt = (what: string, work: () => void) => void

function importSettings(api: RestApiRecord, document: Part): void {
  const { definition } = api
  api.name = String(document.info.title)
  if (typeof document.info.description === 'string') api.description = document.info.description
  if (document.info.version !== undefined) api.version = String(document.info.version)
  const binary = document['x-amazon-apigateway-binary-media-types']
  if (Array.isArray(binary)) definition.binaryMediaTypes = binary.map(String)
  const source = document['x-amazon-apigateway-api-key-source']
  if (source === 'HEADER' || source === 'AUTHORIZER') definition.apiKeySource = source
  const compression = document['x-amazon-apigateway-minimum-compression-size']
  if (compression !== undefined) definition.minimumCompressionSize = checkedCompression(Number(compression))
  const policy = document['x-amazon-apigateway-policy']
  if (isPart(policy)) definition.policy = readPolicy(JSON.stringify(policy), api)
}

function importModels(api: RestApiRecord, document: Part, attempt: Attempt): void {
  const schemas = document.components?.schemas ?? document.definitions
  for (const [name, schema] of Object.entries(isPart(schemas) ? schemas : {})) {
    attempt(`create model '${name}'`, () => {
      const model = { id: newId(6), name, contentType: 'application/json', schema: JSON.stringify(withModelUrls(api.id, schema)) }
      checkModel(model)
      api.definition.models[name] = model
    })
  }
}

/** References among schemas as API Gateway's models have them. */
function withModelUrls(apiId: string, schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map((item) => withModelUrls(apiId, item))
  if (!isPart(schema)) return schema
  const name = modelOfReference(schema.$ref)
  if (name !== undefined) return { $ref: `https://apigateway.amazonaws.com/restapis/${apiId}/models/${name}` }
  return Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, withModelUrls(apiId, value)]))
}

/** @returns the validators' ids by name, and the default's under '' */
function importValidators(definition: Definition, document: Part): Map<string, string> {
  const ids = new Map<string, string>()
  const declared = document['x-amazon-apigateway-request-validators']
  for (const [name, validator] of Object.entries(isPart(declared) ? declared : {})) {
    const id = newId(6)
    definition.requestValidators[id] = { id, name, validateRequestBody: Boolean(validator?.validateRequestBody), validateRequestParameters: Boolean(validator?.validateRequestParameters) }
    ids.set(name, id)
  }
  const fallback = ids.get(String(document['x-amazon-apigateway-request-validator']))
  if (fallback !== undefined) ids.set('', fallback)
  return ids
}

/** How methods are guarded, by the name of the security scheme. */
type Security = Map<string, Pick<Method, 'authorizationType' | 'authorizerId' | 'apiKeyRequired'>>

function importAuthorizers(definition: Definition, document: Part, attempt: Attempt): Security {
  const security: Security = new Map()
  const schemes = document.components?.securitySchemes ?? document.securityDefinitions
  for (const [name, scheme] of Object.entries(isPart(schemes) ? (schemes as Record<string, Part>) : {})) {
    const type = scheme['x-amazon-apigateway-authtype']
    const declared = scheme['x-amazon-apigateway-authorizer']
    if (isPart(declared)) {
      attempt(`create authorizer '${name}'`, () => {
        const authorizer = authorizerOf(name, scheme, declared)
        holdQuota(Object.keys(definition.authorizers).length + 1, QUOTAS.authorizers, 'Authorizers for this API')
        definition.authorizers[authorizer.id!] = authorizer
        security.set(name, { authorizationType: authorizer.type === 'COGNITO_USER_POOLS' ? 'COGNITO_USER_POOLS' : 'CUSTOM', authorizerId: authorizer.id })
      })
    } else if (type === 'awsSigv4') security.set(name, { authorizationType: 'AWS_IAM' })
    else if (scheme.type === 'apiKey' && String(scheme.name).toLowerCase() === 'x-api-key') security.set(name, { apiKeyRequired: true })
  }
  return security
}

function authorizerOf(name: string, scheme: Part, declared: Part): Authorizer {
  const kind = String(declared.type ?? 'token').toUpperCase()
  const type = kind === 'REQUEST' ? 'REQUEST' : kind === 'COGNITO_USER_POOLS' ? 'COGNITO_USER_POOLS' : 'TOKEN'
  const source = declared.identitySource ?? (type === 'TOKEN' && scheme.in === 'header' ? `method.request.header.${scheme.name}` : undefined)
  return checkedAuthorizer({
    id: newId(6),
    name,
    type,
    ...(scheme['x-amazon-apigateway-authtype'] === undefined ? {} : { authType: String(scheme['x-amazon-apigateway-authtype']) }),
    ...(declared.authorizerUri === undefined ? {} : { authorizerUri: String(declared.authorizerUri) }),
    ...(declared.authorizerCredentials === undefined ? {} : { authorizerCredentials: String(declared.authorizerCredentials) }),
    ...(declared.authorizerResultTtlInSeconds === undefined ? {} : { authorizerResultTtlInSeconds: Number(declared.authorizerResultTtlInSeconds) }),
    ...(declared.identityValidationExpression === undefined ? {} : { identityValidationExpression: String(declared.identityValidationExpression) }),
    ...(Array.isArray(declared.providerARNs) ? { providerARNs: declared.providerARNs.map(String) } : {}),
    ...(source === undefined ? {} : { identitySource: String(source) }),
  })
}

function importGatewayResponses(definition: Definition, document: Part, attempt: Attempt): void {
  const declared = document['x-amazon-apigateway-gateway-responses']
  for (const [type, response] of Object.entries(isPart(declared) ? (declared as Record<string, Part>) : {})) {
    attempt(`put gateway response '${type}'`, () => {
      if (!Object.hasOwn(GATEWAY_RESPONSES, type)) throw badRequest('unknown response type')
      const statusCode = response.statusCode ?? GATEWAY_RESPONSES[type as keyof typeof GATEWAY_RESPONSES]
      const made = { responseType: type as keyof typeof GATEWAY_RESPONSES, ...(statusCode === undefined ? {} : { statusCode: String(statusCode) }), responseParameters: texts(response.responseParameters), responseTemplates: texts(response.responseTemplates), defaultResponse: false }
      checkGatewayResponse(made)
      definition.gatewayResponses[type] = made
    })
  }
}

/** The id of a path's resource; made, parents and all, where it is not there. */
function resourceAt({ definition, rootResourceId }: RestApiRecord, path: string): string {
  let id = rootResourceId
  for (const pathPart of path.split('/').filter((part) => part !== '')) {
    const found = Object.values(definition.resources).find((resource) => resource.parentId === id && resource.pathPart === pathPart)
    id = found?.id ?? addResource(definition, id, pathPart).id
  }
  return id
}

function methodOf(api: RestApiRecord, document: Part, operation: Part, httpMethod: string, { validators, security }: { validators: Map<string, string>; security: Security }): Method {
  const { definition } = api
  const parameters = list(operation.parameters).map((parameter) => resolved(document, parameter))
  const requestParameters = parameters.filter(({ in: place }) => LOCATIONS[place]).map((parameter) => [`method.request.${LOCATIONS[parameter.in]}.${parameter.name}`, Boolean(parameter.required)])
  const content: Part = isPart(operation.requestBody) ? (resolved(document, operation.requestBody).content ?? {}) : {}
  const bodyParameter = parameters.find(({ in: place }) => place === 'body')
  const requestModels = [...Object.entries(content as Record<string, Part>).map(([type, media]) => [type, modelFor(api, media?.schema)]), ...(bodyParameter ? [['application/json', modelFor(api, bodyParameter.schema)]] : [])].filter(([, model]) => model !== undefined)
  const guards = list(operation.security ?? document.security).flatMap((requirement) => Object.entries(requirement))
  const guard = guards.reduce<Part>((all, [name]) => ({ ...all, ...security.get(name) }), {})
  const scopes = guards.filter(([name, wanted]) => security.get(name)?.authorizerId && Array.isArray(wanted) && wanted.length > 0).flatMap(([, wanted]) => (wanted as unknown[]).map(String))
  const isIam = operation['x-amazon-apigateway-auth']?.type === 'AWS_IAM'
  const validatorName = operation['x-amazon-apigateway-request-validator']
  const method = newMethod(definition, {
    restApiId: api.id,
    resourceId: undefined,
    httpMethod,
    authorizationType: isIam ? 'AWS_IAM' : (guard.authorizationType ?? 'NONE'),
    authorizerId: guard.authorizerId,
    apiKeyRequired: guard.apiKeyRequired ?? false,
    ...(scopes.length > 0 ? { authorizationScopes: scopes } : {}),
    operationName: typeof operation.operationId === 'string' ? operation.operationId : undefined,
    requestValidatorId: validators.get(typeof validatorName === 'string' ? validatorName : ''),
    requestParameters: requestParameters.length > 0 ? Object.fromEntries(requestParameters) : undefined,
    requestModels: requestModels.length > 0 ? Object.fromEntries(requestModels) : undefined,
  })
  const responses = Object.entries(isPart(operation.responses) ? (operation.responses as Record<string, Part>) : {}).filter(([status]) => /^[1-5]\d\d$/.test(status))
  const methodResponses = responses.map(([status, response]): [string, MethodResponse] => [status, responseOf(api, status, resolved(document, response))])
  return methodResponses.length > 0 ? { ...method, methodResponses: Object.fromEntries(methodResponses) } : method
}

function responseOf(api: RestApiRecord, statusCode: string, { headers = {}, content = {}, schema }: Part): MethodResponse {
  const responseModels = [...Object.entries(content as Record<string, Part>).map(([type, media]) => [type, modelFor(api, media?.schema)]), ...(schema ? [['application/json', modelFor(api, schema)]] : [])].filter(([, model]) => model !== undefined)
  const responseParameters = Object.fromEntries(Object.keys(headers).map((name) => [`method.response.header.${name}`, false]))
  const models: Record<string, string> = Object.fromEntries(responseModels)
  checkModels(api.definition, models)
  return { statusCode, ...(Object.keys(headers).length > 0 ? { responseParameters } : {}), ...(responseModels.length > 0 ? { responseModels: models } : {}) }
}

/** The name of a schema's model: the one referred to, or a new one for a schema that stands by itself. */
function modelFor(api: RestApiRecord, schema: unknown): string | undefined {
  if (!isPart(schema)) return undefined
  const named = modelOfReference(schema.$ref)
  if (named !== undefined) return named
  const name = `MODEL${randomInt(0x1000000).toString(16).padStart(6, '0')}`
  api.definition.models[name] = { id: newId(6), name, contentType: 'application/json', schema: JSON.stringify(withModelUrls(api.id, schema)) }
  return name
}

function putIntegration(api: RestApiRecord, resourceId: string, httpMethod: string, given: Part): void {
  const method = api.definition.resources[resourceId]!.methods[httpMethod]!
  if (!/^(AWS|AWS_PROXY|HTTP|HTTP_PROXY|MOCK)$/i.test(String(given.type))) throw badRequest(`Invalid integration type ${given.type}`)
  const integration: Integration = newIntegration(method, resourceId, api.account, {
    restApiId: api.id,
    resourceId,
    httpMethod,
    type: String(given.type ?? '').toUpperCase() as Integration['type'] & string,
    integrationHttpMethod: given.httpMethod === undefined ? undefined : String(given.httpMethod).toUpperCase().replace('X-AMAZON-APIGATEWAY-ANY-METHOD', 'ANY'),
    uri: given.uri === undefined ? undefined : String(given.uri),
    credentials: given.credentials,
    connectionType: given.connectionType,
    connectionId: given.connectionId,
    passthroughBehavior: given.passthroughBehavior,
    contentHandling: given.contentHandling,
    timeoutInMillis: given.timeoutInMillis,
    cacheNamespace: given.cacheNamespace,
    cacheKeyParameters: given.cacheKeyParameters,
    requestParameters: isPart(given.requestParameters) ? texts(given.requestParameters) : undefined,
    requestTemplates: isPart(given.requestTemplates) ? texts(given.requestTemplates) : undefined,
  })
  const responses = Object.entries(isPart(given.responses) ? (given.responses as Record<string, Part>) : {}).map(([pattern, response]) => {
    const made = {
      statusCode: String(response.statusCode),
      ...(pattern === 'default' ? {} : { selectionPattern: pattern }),
      ...(isPart(response.responseParameters) ? { responseParameters: texts(response.responseParameters) } : {}),
      ...(isPart(response.responseTemplates) ? { responseTemplates: texts(response.responseTemplates) } : {}),
      ...(response.contentHandling === undefined ? {} : { contentHandling: response.contentHandling }),
    }
    checkIntegrationResponse(method, made)
    return [made.statusCode, made]
  })
  if (responses.length > 0) integration.integrationResponses = Object.fromEntries(responses)
  method.methodIntegration = integration
}

/** The path of the first of the `servers`, or `basePath`. */
export function basePathOf(document: Part): string {
  const server = list(document.servers)[0]
  if (!server) return typeof document.basePath === 'string' ? document.basePath.replace(/\/$/, '') : ''
  const url = String(server.url ?? '').replace(/\{(\w+)\}/g, (_, name: string) => String(own(server.variables as Record<string, Part>, name)?.default ?? '').replace(/^\//, ''))
  return url.replace(/^[a-z]+:\/\/[^/]+/i, '').replace(/\/$/, '')
}

function list(value: unknown): Part[] {
  return Array.isArray(value) ? value.filter(isPart) : []
}

function texts(of: unknown): Record<string, string> {
  return Object.fromEntries(Object.entries(isPart(of) ? of : {}).map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value ?? '')]))
}
