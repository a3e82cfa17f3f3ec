import { randomUUID } from 'node:crypto'
import type { Integration } from '@aws-sdk/client-api-gateway'
import { lastValue, multiple, single, type Pairs } from '../pairs'
import { callFunction } from './call-function'
import { isBinary, methodArn, type Exchange, type Reply } from './exchange'
import { forwardedHeaders } from './forwarded'
import { misconfigured } from './gateway-error'
import { noteIntegration } from './outcome'

/** Hands the request to a Lambda function as it is, and takes its answer as the response (AWS_PROXY). @throws GatewayError 502 for a malformed answer */
export async function proxyLambda(exchange: Exchange, integration: Integration): Promise<Reply> {
  const { resource, method, path, context, log } = exchange
  const payload = Buffer.from(JSON.stringify(proxyEvent(exchange)))
  log(`Endpoint request URI: ${integration.uri}`, 'data')
  log(`Endpoint request body after transformations: ${payload.toString('utf8')}`, 'data')
  const requestId = randomUUID()
  const startedAt = exchange.sandbox.now()
  const result = await callFunction(exchange, {
    requestId,
    uri: integration.uri!,
    credentials: integration.credentials,
    sourceArn: permissionArn(exchange),
    payload,
    timeoutMs: integration.timeoutInMillis ?? 29_000,
    caller: context.caller,
  })
  const body = result!.payload.toString('utf8')
  noteIntegration(exchange, { latency: exchange.sandbox.now() - startedAt, status: 200, integrationStatus: 200, requestId })
  log(`Endpoint response body before transformations: ${body}`, 'data')
  if (result!.functionError) throw misconfigured(`Lambda execution failed with status 200 due to customer function error: ${errorMessage(body)}. ${method.httpMethod} ${resource.path} ${path}`, 502)
  const reply = readAnswer(exchange, body)
  noteIntegration(exchange, { status: reply.status })
  return { ...reply, headers: [['X-Amzn-Trace-Id', exchange.traceId], ...reply.headers] }
}

/** The method in the form that a function's policy speaks of: the resource's path, ANY where the method is that. */
export function permissionArn(exchange: Exchange): string {
  return methodArn({ ...exchange, path: exchange.resource.path.replace(/\{[^}]*\}/g, '*') })
}

/** The event of a proxy integration (API Gateway developer guide, "Input format of a Lambda function for proxy integration"). */
export function proxyEvent(exchange: Exchange): Record<string, unknown> {
  const { definition, resource, httpMethod, path, query, pathParameters, variables, body } = exchange
  const headers = forwardedHeaders(exchange)
  const isBase64Encoded = body.length > 0 && isBinary(definition, lastValue(headers, 'content-type', true))
  return {
    resource: resource.path,
    path,
    httpMethod,
    headers: single(headers),
    multiValueHeaders: multiple(headers),
    queryStringParameters: single(query),
    multiValueQueryStringParameters: multiple(query),
    pathParameters: someEntries(pathParameters),
    stageVariables: someEntries(variables),
    requestContext: requestContext(exchange),
    body: body.length === 0 ? null : body.toString(isBase64Encoded ? 'base64' : 'utf8'),
    isBase64Encoded,
  }
}

/** `$context` as events have it: without what only templates know. */
export function requestContext({ context }: Pick<Exchange, 'context'>): Record<string, unknown> {
  const { requestOverride: _1, responseOverride: _2, error: _3, usageIdentifierKey: _4, caller: _5, xrayTraceId: _6, ...shown } = context
  return shown
}

/** The message of a function error. */
export function errorMessage(payload: string): string {
  try {
    const { errorMessage: message } = JSON.parse(payload)
    return typeof message === 'string' ? message : payload
  } catch {
    return payload
  }
}

const MEMBERS = new Set(['statusCode', 'headers', 'multiValueHeaders', 'body', 'isBase64Encoded'])

function readAnswer(exchange: Exchange, text: string): Reply {
  const malformed = () => misconfigured('Malformed Lambda proxy response', 502)
  let answer: any
  try {
    answer = JSON.parse(text)
  } catch {
    throw malformed()
  }
  if (typeof answer !== 'object' || answer === null || Array.isArray(answer) || !Object.keys(answer).every((key) => MEMBERS.has(key))) throw malformed()
  const { statusCode = 200, body = null, isBase64Encoded = false } = answer
  const status = Number(statusCode)
  if (!/^\d{3}$/.test(String(statusCode)) || status < 100 || status > 599) throw malformed()
  if (typeof isBase64Encoded !== 'boolean' || (body !== null && typeof body !== 'string')) throw malformed()
  const headers = readHeaders(answer, malformed)
  const wantsBytes = isBinary(exchange.definition, lastValue(exchange.headers, 'accept', true)?.split(',')[0]) || isBinary(exchange.definition, lastValue(headers, 'content-type', true))
  return { status, headers, body: Buffer.from(body ?? '', isBase64Encoded && wantsBytes ? 'base64' : 'utf8') }
}

function readHeaders({ headers, multiValueHeaders }: { headers?: unknown; multiValueHeaders?: unknown }, malformed: () => Error): Pairs {
  const pairs: Pairs = []
  for (const [name, values] of entries(multiValueHeaders, malformed)) {
    if (!Array.isArray(values)) throw malformed()
    for (const value of values) pairs.push([name, scalar(value, malformed)])
  }
  for (const [name, value] of entries(headers, malformed)) {
    const text = scalar(value, malformed)
    // A name in both: the values are merged, the same value is given once.
    if (!pairs.some(([other, given]) => other.toLowerCase() === name.toLowerCase() && given === text)) pairs.push([name, text])
  }
  return pairs
}

function entries(of: unknown, malformed: () => Error): [string, unknown][] {
  if (of === undefined || of === null) return []
  if (typeof of !== 'object' || Array.isArray(of)) throw malformed()
  return Object.entries(of)
}

function scalar(value: unknown, malformed: () => Error): string {
  if (typeof value === 'object' && value !== null) throw malformed()
  return String(value ?? '')
}

function someEntries<T>(of: Record<string, T>): Record<string, T> | null {
  return Object.keys(of).length > 0 ? of : null
}
