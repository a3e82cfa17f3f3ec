import type { Integration, IntegrationResponse, Method, MethodResponse, PutIntegrationRequest, PutMethodRequest } from '@aws-sdk/client-api-gateway'
import { AwsError } from '../../errors'
import { badRequest, notFound, own, required } from './errors'
import type { Definition } from './records'
import { requireResource } from './resource-tree'

const VERBS = ['ANY', 'DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT']
const AUTHORIZATIONS = ['NONE', 'AWS_IAM', 'CUSTOM', 'COGNITO_USER_POOLS']
const REQUEST_PARAMETER = /^method\.request\.(path|querystring|header|multivaluequerystring|multivalueheader)\.[^\s]+$/
const LAMBDA_URI = /^arn:aws[\w-]*:apigateway:[\w-]+:lambda:path\/2015-03-31\/functions\/.+\/(invocations|response-streaming-invocations)$/
const SERVICE_URI = /^arn:aws[\w-]*:apigateway:[\w-]+:[\w.-]+:(path|action)\/.+$/
const DEFAULT_TIMEOUT = 29_000

interface MethodName {
  resourceId?: string | undefined
  httpMethod?: string | undefined
}

/** @throws NotFoundException for an unknown resource or a method that it does not have */
export function requireMethod(definition: Definition, { resourceId, httpMethod }: MethodName): Method {
  return required(requireResource(definition, resourceId).methods, httpMethod, 'Invalid Method identifier specified')
}

/** @throws NotFoundException */
export function requireMethodResponse(method: Method, statusCode: string | undefined): MethodResponse {
  return required(method.methodResponses ?? {}, statusCode, 'Invalid Response status code specified')
}

/** @throws NotFoundException */
export function requireIntegration(definition: Definition, name: MethodName): Integration {
  const { methodIntegration } = requireMethod(definition, name)
  if (!methodIntegration) throw notFound('Invalid Integration identifier specified')
  return methodIntegration
}

/** A method from what PutMethod is given. @throws BadRequestException */
export function newMethod(definition: Definition, input: PutMethodRequest): Method {
  if (!VERBS.includes(input.httpMethod!)) throw badRequest(`Invalid HttpMethod specified. Valid options are ${VERBS.join(',')}`)
  const method: Method = {
    httpMethod: input.httpMethod,
    authorizationType: input.authorizationType,
    authorizerId: input.authorizerId,
    apiKeyRequired: input.apiKeyRequired ?? false,
    requestValidatorId: input.requestValidatorId,
    operationName: input.operationName,
    requestParameters: input.requestParameters,
    requestModels: input.requestModels,
    authorizationScopes: input.authorizationScopes,
  }
  checkMethod(definition, method)
  return JSON.parse(JSON.stringify(method))
}

/** Holds a method against what its API has. @throws BadRequestException in AWS's words */
export function checkMethod(definition: Definition, { authorizationType, authorizerId, requestValidatorId, requestParameters, requestModels }: Method): void {
  if (!AUTHORIZATIONS.includes(authorizationType!)) throw badRequest(`Invalid authorization type specified. Must be one of: [${AUTHORIZATIONS.join(', ')}]`)
  const authorizer = own(definition.authorizers, authorizerId)
  if (authorizationType === 'CUSTOM' || authorizationType === 'COGNITO_USER_POOLS') {
    if (!authorizer || (authorizer.type === 'COGNITO_USER_POOLS') !== (authorizationType === 'COGNITO_USER_POOLS')) {
      throw badRequest('Invalid authorizer ID specified. Setting the authorization type to CUSTOM or COGNITO_USER_POOLS requires a valid authorizer.')
    }
  }
  if (requestValidatorId && !own(definition.requestValidators, requestValidatorId)) throw badRequest(`Invalid Request Validator identifier specified: ${requestValidatorId}`)
  for (const name of Object.keys(requestParameters ?? {})) {
    if (!REQUEST_PARAMETER.test(name)) throw badRequest(`Invalid mapping expression specified: Validation Result: warnings : [], errors : [Invalid mapping expression specified: ${name}]`)
  }
  checkModels(definition, requestModels)
}

/** @throws BadRequestException where one of the models is not there */
export function checkModels(definition: Definition, models: Record<string, string> | undefined): void {
  for (const name of Object.values(models ?? {})) {
    if (!own(definition.models, name)) throw badRequest(`Invalid model identifier specified: ${name}`)
  }
}

/** @throws BadRequestException where a response parameter is none */
export function checkResponseParameters(parameters: Record<string, unknown> | undefined): void {
  for (const name of Object.keys(parameters ?? {})) {
    if (!/^method\.response\.header\.[^\s]+$/.test(name)) {
      throw badRequest(`Invalid mapping expression specified: Validation Result: warnings : [], errors : [Invalid mapping expression parameter specified: ${name}]`)
    }
  }
}

/** An integration from what PutIntegration is given. @throws BadRequestException, AccessDeniedException */
export function newIntegration(method: Method, resourceId: string, account: string, input: PutIntegrationRequest): Integration {
  const { type } = input
  const integration: Integration = {
    type,
    httpMethod: type === 'MOCK' ? undefined : input.integrationHttpMethod,
    uri: type === 'MOCK' ? undefined : input.uri,
    connectionType: input.connectionType,
    connectionId: input.connectionId,
    credentials: input.credentials,
    requestParameters: input.requestParameters,
    requestTemplates: input.requestTemplates,
    passthroughBehavior: (input.passthroughBehavior ?? 'WHEN_NO_MATCH').toUpperCase(),
    contentHandling: input.contentHandling,
    timeoutInMillis: input.timeoutInMillis ?? DEFAULT_TIMEOUT,
    cacheNamespace: input.cacheNamespace ?? resourceId,
    cacheKeyParameters: input.cacheKeyParameters ?? [],
    tlsConfig: input.tlsConfig,
    responseTransferMode: input.responseTransferMode,
  }
  checkIntegration(method, account, integration)
  return JSON.parse(JSON.stringify(integration))
}

/** Holds an integration against AWS's rules. @throws BadRequestException, AccessDeniedException */
export function checkIntegration(method: Method, account: string, integration: Integration): void {
  const { type, uri, httpMethod, credentials, timeoutInMillis, passthroughBehavior } = integration
  if (integration.connectionType === 'VPC_LINK' && (!integration.connectionId || (type !== 'HTTP' && type !== 'HTTP_PROXY'))) throw badRequest('VPC_LINK connections need a connectionId, and integrations of type HTTP or HTTP_PROXY')
  if (!['WHEN_NO_MATCH', 'WHEN_NO_TEMPLATES', 'NEVER'].includes(passthroughBehavior!)) {
    throw badRequest('Invalid passthrough behavior specified. Must be one of: [WHEN_NO_MATCH, WHEN_NO_TEMPLATES, NEVER]')
  }
  if (timeoutInMillis! < 50 || timeoutInMillis! > DEFAULT_TIMEOUT) throw badRequest(`Timeout should be between 50 ms and ${DEFAULT_TIMEOUT} ms`)
  if (credentials !== undefined && !/^arn:aws[\w-]*:iam::(\d{12}|\*):(role|user)\/.+$/.test(credentials)) throw badRequest('Invalid ARN specified in the request')
  if (credentials?.includes(':role/') && credentials.split(':')[4] !== account) throw new AwsError('AccessDeniedException', 'Cross-account pass role is not allowed.', 403)
  for (const [name, source] of Object.entries(integration.requestParameters ?? {})) checkRequestMapping(method, name, source)
  if (type === 'MOCK') return
  if (!httpMethod) throw badRequest('Enumeration value for HttpMethod must be non-empty')
  if (!VERBS.includes(httpMethod)) throw badRequest(`Invalid HttpMethod specified. Valid options are ${VERBS.join(',')}`)
  if (type === 'HTTP' || type === 'HTTP_PROXY') {
    if (!uri || !/^(https?:\/\/|https?:\/\/\$\{)[^\s]+$/.test(uri)) throw badRequest('Invalid HTTP endpoint specified for URI')
    return
  }
  if (!uri || !/^arn:aws[\w-]*:apigateway:/.test(uri)) throw badRequest('Invalid ARN specified in the request')
  if (!SERVICE_URI.test(uri)) throw badRequest('AWS ARN for integration must contain path or action')
  if (type === 'AWS_PROXY' && !LAMBDA_URI.test(uri)) {
    throw badRequest("Integrations of type 'AWS_PROXY' currently only supports Lambda function and Firehose stream invocations.")
  }
  if (!/:lambda:path\//.test(uri) && credentials === undefined) throw badRequest('Role ARN must be specified for AWS integrations')
}

function checkRequestMapping(method: Method, name: string, source: string): void {
  const isStatic = /^'.*'$/s.test(source)
  const isKnown = isStatic || source === 'method.request.body' || /^method\.request\.body\..+/.test(source) || /^(context|stageVariables)\..+/.test(source) || REQUEST_PARAMETER.test(source)
  const problem =
    !/^integration\.request\.(path|querystring|header)\.[^\s]+$/.test(name) || !isKnown
      ? `Invalid mapping expression specified: ${isKnown ? name : source}`
      : REQUEST_PARAMETER.test(source) && own(method.requestParameters, source) === undefined && !source.includes('.path.')
        ? `Invalid mapping expression parameter specified: ${source}`
        : undefined
  if (problem) throw badRequest(`Invalid mapping expression specified: Validation Result: warnings : [], errors : [${problem}]`)
}

/** Holds an integration's response against its method. @throws NotFoundException, BadRequestException */
export function checkIntegrationResponse(method: Method, { statusCode, selectionPattern, responseParameters }: IntegrationResponse): void {
  const declared = requireMethodResponse(method, statusCode)
  try {
    new RegExp(selectionPattern ?? '')
  } catch {
    throw badRequest('Invalid selection pattern specified')
  }
  checkResponseParameters(responseParameters)
  for (const [name, source] of Object.entries(responseParameters ?? {})) {
    const isKnown = /^'.*'$/s.test(source) || /^integration\.response\.(header|multivalueheader)\.[^\s]+$/.test(source) || /^integration\.response\.body(\..+)?$/.test(source) || /^(context|stageVariables)\..+/.test(source)
    const problem = !isKnown ? `Invalid mapping expression specified: ${source}` : own(declared.responseParameters, name) === undefined ? `Invalid mapping expression parameter specified: ${name}` : undefined
    if (problem) throw badRequest(`Invalid mapping expression specified: Validation Result: warnings : [], errors : [${problem}]`)
  }
}

/** Sets or, with an empty value, takes away how bodies are converted. @throws BadRequestException */
export function setContentHandling(target: Integration | IntegrationResponse, value: string): void {
  if (value === '') delete target.contentHandling
  else if (value === 'CONVERT_TO_BINARY' || value === 'CONVERT_TO_TEXT') target.contentHandling = value
  else throw badRequest('Invalid content handling specified. Must be one of: [CONVERT_TO_BINARY, CONVERT_TO_TEXT]')
}

/** All methods of an API. */
export function methodsOf({ resources }: Definition): Method[] {
  return Object.values(resources).flatMap(({ methods }) => Object.values(methods))
}
