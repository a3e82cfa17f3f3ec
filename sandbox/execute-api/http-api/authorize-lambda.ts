import type { Authorizer } from '@aws-sdk/client-apigatewayv2'
import { own } from '../../services/apigateway/errors'
import { timeContext } from '../../services/iam/global-context'
import { identityEffect } from '../../services/iam/match-policy'
import { parsePolicy, type PolicyDocument } from '../../services/iam/policy-document'
import type { Store } from '../../store'
import { errorMessage } from '../rest/lambda-proxy'
import { callLambda } from './call-lambda'
import { commonEvent } from './event'
import { forbidden, internal, requestArn, unauthorized, type Exchange } from './exchange'
import { identityOf } from './identity'

/** API Gateway's own limit for an authorizer. */
const TIMEOUT_MS = 10_000
const MOST_CACHED = 1000

/** What an authorizer said: yes or no, or a policy. */
interface Answer {
  principalId?: string
  verdict: boolean | PolicyDocument
  context: Record<string, unknown>
}

const caches = new WeakMap<Store, Map<string, { until: number; answer: Answer }>>()

/** Asks the route's Lambda authorizer, or what it said lately (HTTP API developer guide, "Lambda authorizers"). @throws HttpError 401, 403, 500 */
export async function authorizeByLambda(exchange: Exchange): Promise<void> {
  const authorizer = own(exchange.definition.authorizers, exchange.route.AuthorizerId)
  if (!authorizer) throw internal(`route ${exchange.route.RouteKey} has no authorizer`)
  const identity = identityOf(exchange, authorizer.IdentitySource)
  if (!identity) throw unauthorized()
  const { verdict, principalId, context } = await answerFor(exchange, authorizer, identity)
  const isAllowed = typeof verdict === 'boolean' ? verdict : allows(exchange, verdict)
  if (!isAllowed) throw forbidden()
  exchange.authorizer = { v1: { ...(principalId === undefined ? {} : { principalId }), ...context }, v2: { lambda: context }, context: { ...(principalId === undefined ? {} : { principalId }), ...context } }
}

/** Forgets what the authorizers of a stage said. */
export function resetAuthorizers(store: Store, apiId: string, stageName: string): void {
  const cache = caches.get(store)
  for (const key of cache?.keys() ?? []) {
    const [api, stage] = JSON.parse(key) as string[]
    if (api === apiId && stage === stageName) cache!.delete(key)
  }
}

async function answerFor(exchange: Exchange, authorizer: Authorizer, identity: string[]): Promise<Answer> {
  const { sandbox, api, stage } = exchange
  const ttl = authorizer.AuthorizerResultTtlInSeconds ?? 0
  if (ttl === 0) return ask(exchange, authorizer, identity)
  let cache = caches.get(sandbox.store)
  if (!cache) caches.set(sandbox.store, (cache = new Map()))
  if (cache.size > MOST_CACHED) cache.clear()
  const key = JSON.stringify([api.id, stage.StageName, authorizer.AuthorizerId, authorizer.AuthorizerUri, authorizer.EnableSimpleResponses, identity])
  const cached = cache.get(key)
  if (cached && cached.until > sandbox.now()) return cached.answer
  const answer = await ask(exchange, authorizer, identity)
  cache.set(key, { until: sandbox.now() + ttl * 1000, answer })
  return answer
}

async function ask(exchange: Exchange, authorizer: Authorizer, identity: string[]): Promise<Answer> {
  const { api } = exchange
  const version = authorizer.AuthorizerPayloadFormatVersion!
  const arn = requestArn(exchange)
  const { requestContext, ...rest } = commonEvent(exchange, version)
  const who = version === '2.0' ? { routeArn: arn, identitySource: identity } : { methodArn: arn, identitySource: identity.join(','), authorizationToken: identity.join(',') }
  const { text, isError } = await callLambda(exchange, {
    uri: authorizer.AuthorizerUri!,
    credentials: authorizer.AuthorizerCredentialsArn,
    sourceArn: `arn:aws:execute-api:${api.region}:${api.account}:${api.id}/authorizers/${authorizer.AuthorizerId}`,
    event: { version, type: 'REQUEST', ...who, ...rest, requestContext },
    timeoutMs: TIMEOUT_MS,
  })
  if (isError) {
    if (errorMessage(text) === 'Unauthorized') throw unauthorized()
    throw internal(`the authorizer failed: ${text.slice(0, 500)}`)
  }
  return readAnswer(text, authorizer, (why) => internal(`the authorizer's answer is malformed: ${why}`))
}

function readAnswer(text: string, { EnableSimpleResponses }: Authorizer, malformed: (why: string) => Error): Answer {
  let answer: any
  try {
    answer = JSON.parse(text)
  } catch {
    throw malformed('no JSON')
  }
  const context = answer?.context ?? {}
  if (typeof context !== 'object' || Array.isArray(context)) throw malformed('context is no object')
  if (EnableSimpleResponses) {
    if (typeof answer?.isAuthorized !== 'boolean') throw malformed('isAuthorized is not true or false')
    return { verdict: answer.isAuthorized, context }
  }
  if (typeof answer?.principalId !== 'string') throw malformed('no principalId')
  try {
    const verdict = parsePolicy(JSON.stringify(answer.policyDocument))
    if (!verdict?.Statement) throw malformed('no policy')
    return { principalId: answer.principalId, verdict, context }
  } catch {
    throw malformed('no policy document')
  }
}

function allows(exchange: Exchange, policy: PolicyDocument): boolean {
  const { api, sandbox, context } = exchange
  const conditions = { 'aws:SourceIp': context.identity.sourceIp, ...timeContext(sandbox) }
  return identityEffect(policy, { principal: `arn:aws:iam::${api.account}:user/authorizer`, action: 'execute-api:Invoke', resource: requestArn(exchange), context: conditions }) === 'Allow'
}
