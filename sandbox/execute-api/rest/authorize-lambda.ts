import { randomUUID } from 'node:crypto'
import type { Authorizer } from '@aws-sdk/client-api-gateway'
import type { Store } from '../../store'
import { identitySources } from '../../services/apigateway/authorizers'
import { own } from '../../services/apigateway/errors'
import { identityEffect } from '../../services/iam/match-policy'
import { parsePolicy, type PolicyDocument } from '../../services/iam/policy-document'
import { timeContext } from '../../services/iam/global-context'
import { multiple, single } from '../pairs'
import { matchesWhole } from '../within-time'
import { callFunction } from './call-function'
import { methodArn, type Exchange } from './exchange'
import { forwardedHeaders } from './forwarded'
import { GatewayError } from './gateway-error'
import { errorMessage, requestContext } from './lambda-proxy'
import { readSource } from './sources'

const TIMEOUT_MS = 29_000
const MOST_CACHED = 1000

/** What an authorizer said, and how long it holds. */
export interface Authorization {
  principalId: string
  policy: PolicyDocument
  /** As given, for `$context.authorizer`. */
  context: Record<string, string>
  usageIdentifierKey?: string
}

const caches = new WeakMap<Store, Map<string, { until: number; authorization: Authorization }>>()

/** Asks the method's Lambda authorizer, or what it said lately, and holds the request against its policy. @throws GatewayError 401, 403, 500 */
export async function authorizeByLambda(exchange: Exchange): Promise<void> {
  const { sandbox, definition, method, context, api, stageName } = exchange
  const authorizer = own(definition.authorizers, method.authorizerId)
  if (!authorizer) throw new GatewayError('AUTHORIZER_CONFIGURATION_ERROR')
  const identity = identityOf(exchange, authorizer)
  const ttl = authorizer.authorizerResultTtlInSeconds ?? 300
  let cache = caches.get(sandbox.store)
  if (!cache) caches.set(sandbox.store, (cache = new Map()))
  if (cache.size > MOST_CACHED) cache.clear()
  const key = JSON.stringify([api.id, stageName, authorizer.id, authorizer.authorizerUri, identity])
  const cached = ttl > 0 ? cache.get(key) : undefined
  let authorization = cached && cached.until > sandbox.now() ? cached.authorization : undefined
  const startedAt = sandbox.now()
  if (!authorization) {
    exchange.log(`Starting authorizer: ${authorizer.id} for request: ${context.requestId}`)
    authorization = await askAuthorizer(exchange, authorizer, identity)
    if (ttl > 0) cache.set(key, { until: sandbox.now() + ttl * 1000, authorization })
  }
  const resource = methodArn(exchange)
  const conditions = { 'aws:SourceIp': context.identity.sourceIp as string, ...timeContext(sandbox) }
  const effect = identityEffect(authorization.policy, { principal: `arn:aws:iam::${api.account}:user/authorizer`, action: 'execute-api:Invoke', resource, context: conditions })
  context.authorizer = { principalId: authorization.principalId, integrationLatency: cached?.authorization === authorization ? 0 : sandbox.now() - startedAt, ...authorization.context }
  if (authorization.usageIdentifierKey !== undefined) context.usageIdentifierKey = authorization.usageIdentifierKey
  if (effect === 'Allow') {
    exchange.log('Successfully completed authorizer execution')
    return
  }
  const message = `User is not authorized to access this resource${effect === 'Deny' ? ' with an explicit deny' : ''}`
  throw new GatewayError('ACCESS_DENIED', { message, isCapital: true })
}

/** What tells the caller: the token, or the values of the identity sources. @throws GatewayError 401 where one is not there */
function identityOf(exchange: Exchange, authorizer: Authorizer): string[] {
  const values: string[] = []
  for (const source of identitySources(authorizer)) {
    const value = readSource(exchange, source)
    if (value === undefined || value.length === 0) throw new GatewayError('UNAUTHORIZED')
    values.push([value].flat().join(','))
  }
  const { type, identityValidationExpression: expression } = authorizer
  if (type === 'TOKEN' && expression && !matchesWhole(expression, values[0]!)) throw new GatewayError('UNAUTHORIZED')
  return values
}

/** Calls the authorizer's function. @throws GatewayError 401 where it says Unauthorized, 500 where it fails or its answer is none */
export async function askAuthorizer(exchange: Exchange, authorizer: Authorizer, identity: string[]): Promise<Authorization> {
  const { api, log } = exchange
  const event = authorizer.type === 'TOKEN' ? { type: 'TOKEN', methodArn: methodArn(exchange), authorizationToken: identity[0] } : requestEvent(exchange)
  log(`Endpoint request body after transformations: ${JSON.stringify(event)}`, 'data')
  const requestId = randomUUID()
  const startedAt = exchange.sandbox.now()
  const result = await callFunction(exchange, {
    requestId,
    uri: authorizer.authorizerUri!,
    credentials: authorizer.authorizerCredentials,
    sourceArn: `arn:aws:execute-api:${api.region}:${api.account}:${api.id}/authorizers/${authorizer.id}`,
    payload: Buffer.from(JSON.stringify(event)),
    timeoutMs: TIMEOUT_MS,
  }).catch((error) => {
    throw new GatewayError(error instanceof GatewayError && error.type === 'INTEGRATION_TIMEOUT' ? 'AUTHORIZER_FAILURE' : 'AUTHORIZER_CONFIGURATION_ERROR', { cause: (error as GatewayError).more?.cause ?? (error as Error).message })
  })
  const text = result!.payload.toString('utf8')
  exchange.outcome.authorizer = { ...exchange.outcome.authorizer, integrationLatency: exchange.sandbox.now() - startedAt, integrationStatus: 200, requestId }
  log(`Authorizer result body before parsing: ${text}`, 'data')
  if (result!.functionError) {
    if (errorMessage(text) === 'Unauthorized') throw new GatewayError('UNAUTHORIZED')
    throw new GatewayError('AUTHORIZER_FAILURE', { cause: `Execution failed due to an authorizer error: ${errorMessage(text)}` })
  }
  return readAuthorization(text)
}

function requestEvent(exchange: Exchange): object {
  const { resource, path, httpMethod, query, pathParameters, variables } = exchange
  const headers = forwardedHeaders(exchange)
  return {
    type: 'REQUEST',
    methodArn: methodArn(exchange),
    resource: resource.path,
    path,
    httpMethod,
    headers: single(headers) ?? {},
    multiValueHeaders: multiple(headers) ?? {},
    queryStringParameters: single(query) ?? {},
    multiValueQueryStringParameters: multiple(query) ?? {},
    pathParameters,
    stageVariables: variables,
    requestContext: requestContext(exchange),
  }
}

/** @throws GatewayError 500 where principalId or a policy is missing, or the context holds anything but plain values */
function readAuthorization(text: string): Authorization {
  const bad = (why: string) => new GatewayError('AUTHORIZER_CONFIGURATION_ERROR', { cause: `Execution failed due to configuration error: ${why}` })
  let answer: any
  try {
    answer = JSON.parse(text)
  } catch {
    throw bad('Invalid JSON in response')
  }
  const { principalId, policyDocument, context = {}, usageIdentifierKey } = answer ?? {}
  if (typeof principalId !== 'string' || principalId === '') throw bad('Authorizer response has no principalId')
  const entries = Object.entries(context ?? {})
  if (entries.some(([, value]) => typeof value === 'object' && value !== null)) throw bad('Authorizer context values must be strings, numbers or booleans')
  let policy: PolicyDocument
  try {
    policy = parsePolicy(JSON.stringify(policyDocument))
    if (!policy?.Statement) throw bad('no statement')
    identityEffect(policy, { principal: 'arn:aws:iam::000000000000:user/x', action: 'execute-api:Invoke', resource: '*', context: {} })
  } catch {
    throw bad('Invalid policy document')
  }
  return { principalId, policy, context: Object.fromEntries(entries.map(([name, value]) => [name, String(value)])), ...(typeof usageIdentifierKey === 'string' ? { usageIdentifierKey } : {}) }
}

/** Forgets what authorizers said for a stage. */
export function forgetAuthorizations({ store }: Exchange['sandbox'], apiId: string, stageName: string): void {
  const cache = caches.get(store)
  const start = JSON.stringify([apiId, stageName]).slice(0, -1)
  for (const key of [...(cache?.keys() ?? [])]) if (key.startsWith(start)) cache!.delete(key)
}
