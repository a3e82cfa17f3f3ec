import { randomBytes } from 'node:crypto'
import { lastValue, multiple, single, allValues, type Pairs } from '../pairs'
import type { Exchange } from './exchange'

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
/** Bodies of these types are text to HTTP APIs; all others are handed on as base64. */
const TEXT = /^(text\/|application\/(json|xml|javascript)$|application\/.+\+(json|xml)$)/

/** The event of a Lambda integration or authorizer, but for what only one of them has. */
export function commonEvent(exchange: Exchange, version: string): Record<string, unknown> {
  return version === '2.0' ? commonV2(exchange) : commonV1(exchange)
}

/** The body as events have it; empty where there is none. */
export function eventBody({ headers, body }: Exchange): { body?: string; isBase64Encoded: boolean } {
  if (body.length === 0) return { isBase64Encoded: false }
  const type = lastValue(headers, 'content-type', true)?.split(';')[0]!.trim().toLowerCase()
  const isText = type === undefined || TEXT.test(type)
  return { body: body.toString(isText ? 'utf8' : 'base64'), isBase64Encoded: !isText }
}

/** The headers as a function gets them: without the connection's own, with what API Gateway adds. */
function receivedHeaders({ headers, context, startedAt }: Exchange): Pairs {
  const kept = headers.filter(([name]) => !/^(connection|transfer-encoding|keep-alive|upgrade|x-forwarded-(for|port|proto)|x-amzn-trace-id)$/i.test(name))
  const trace = lastValue(headers, 'x-amzn-trace-id', true) ?? `Root=1-${Math.floor(startedAt / 1000).toString(16)}-${randomBytes(12).toString('hex')}`
  const from = [...allValues(headers, 'x-forwarded-for', true), context.identity.sourceIp]
  return [...kept, ['X-Amzn-Trace-Id', trace], ['X-Forwarded-For', from.join(', ')], ['X-Forwarded-Port', '443'], ['X-Forwarded-Proto', 'https']]
}

/** Format 2.0: names in lower case, several values joined by a comma, cookies apart, what is empty left out. */
function commonV2(exchange: Exchange): Record<string, unknown> {
  const { route, rawPath, rawQuery, query, pathParameters, variables } = exchange
  const headers = receivedHeaders(exchange)
  const cookies = allValues(headers, 'cookie', true).flatMap((value) => value.split(/;\s*/)).filter((cookie) => cookie !== '')
  return {
    routeKey: route.RouteKey,
    rawPath,
    rawQueryString: rawQuery,
    ...(cookies.length > 0 ? { cookies } : {}),
    headers: joined(headers.filter(([name]) => !/^cookie$/i.test(name)).map(([name, value]) => [name.toLowerCase(), value])),
    ...(query.length > 0 ? { queryStringParameters: joined(query) } : {}),
    requestContext: contextV2(exchange),
    ...some('pathParameters', pathParameters),
    ...some('stageVariables', variables),
  }
}

function contextV2({ api, domainName, method, rawPath, context, requestId, route, stage, startedAt, authorizer }: Exchange): Record<string, unknown> {
  return {
    accountId: api.account,
    apiId: api.id,
    ...(authorizer ? { authorizer: authorizer.v2 } : {}),
    domainName,
    domainPrefix: domainName.split('.')[0],
    http: { method, path: rawPath, protocol: 'HTTP/1.1', sourceIp: context.identity.sourceIp, userAgent: context.identity.userAgent ?? '' },
    requestId,
    routeKey: route.RouteKey,
    stage: stage.StageName,
    time: requestTime(startedAt),
    timeEpoch: startedAt,
  }
}

/** Format 1.0: as REST APIs have it; null where something is empty. */
function commonV1(exchange: Exchange): Record<string, unknown> {
  const { rawPath, method, query, pathParameters, variables } = exchange
  const headers = receivedHeaders(exchange)
  return {
    resource: resourcePath(exchange),
    path: rawPath,
    httpMethod: method,
    headers: single(headers),
    multiValueHeaders: multiple(headers),
    queryStringParameters: single(query),
    multiValueQueryStringParameters: multiple(query),
    requestContext: contextV1(exchange),
    pathParameters: orNull(pathParameters),
    stageVariables: orNull(variables),
  }
}

function contextV1(exchange: Exchange): Record<string, unknown> {
  const { api, domainName, method, rawPath, context, requestId, route, stage, startedAt, authorizer, caller } = exchange
  return {
    accountId: api.account,
    apiId: api.id,
    ...(authorizer ? { authorizer: authorizer.v1 } : {}),
    domainName,
    domainPrefix: domainName.split('.')[0],
    extendedRequestId: requestId,
    httpMethod: method,
    identity: {
      accessKey: caller?.accessKeyId ?? null,
      accountId: caller?.account ?? null,
      caller: caller?.userId ?? null,
      cognitoAmr: null,
      cognitoAuthenticationProvider: null,
      cognitoAuthenticationType: null,
      cognitoIdentityId: null,
      cognitoIdentityPoolId: null,
      principalOrgId: null,
      sourceIp: context.identity.sourceIp,
      user: caller?.userId ?? null,
      userAgent: context.identity.userAgent,
      userArn: caller?.arn ?? null,
    },
    path: rawPath,
    protocol: 'HTTP/1.1',
    requestId,
    requestTime: requestTime(startedAt),
    requestTimeEpoch: startedAt,
    resourceId: route.RouteKey,
    resourcePath: resourcePath(exchange),
    stage: stage.StageName,
  }
}

function resourcePath({ route }: Exchange): string {
  return route.RouteKey!.replace(/^\S+ /, '')
}

/** `09/Apr/2015:12:34:56 +0000` */
export function requestTime(at: number): string {
  const date = new Date(at)
  return `${String(date.getUTCDate()).padStart(2, '0')}/${MONTHS[date.getUTCMonth()]}/${date.getUTCFullYear()}:${date.toISOString().slice(11, 19)} +0000`
}

function joined(pairs: Pairs): Record<string, string> {
  return Object.fromEntries(Object.entries(multiple(pairs) ?? {}).map(([name, values]) => [name, values.join(',')]))
}

function some(name: string, of: Record<string, string>): Record<string, unknown> {
  return Object.keys(of).length > 0 ? { [name]: of } : {}
}

function orNull(of: Record<string, string>): Record<string, string> | null {
  return Object.keys(of).length > 0 ? of : null
}
