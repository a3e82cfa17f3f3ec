import { randomUUID } from 'node:crypto'
import type { Integration } from '@aws-sdk/client-api-gateway'
import { callFunction } from './call-function'
import type { Exchange, Reply } from './exchange'
import { misconfigured } from './gateway-error'
import { respond } from './integration-response'
import { errorMessage, permissionArn } from './lambda-proxy'
import { noteIntegration } from './outcome'
import { requestBody } from './request-template'
import { readSource } from './sources'

/** Whether an integration is with a Lambda function, not with another service. */
export function isFunction({ uri = '' }: Integration): boolean {
  return /:lambda:path\/2015-03-31\/functions\//.test(uri)
}

/** Calls a Lambda function with what the request template makes, and makes the response by template (AWS). @throws GatewayError */
export async function callLambda(exchange: Exchange, integration: Integration): Promise<Reply> {
  const { log, context } = exchange
  const body = requestBody(exchange, integration)
  const payload = body.length === 0 ? Buffer.from('{}') : body
  log(`Endpoint request URI: ${integration.uri}`, 'data')
  log(`Endpoint request body after transformations: ${payload.toString('utf8')}`, 'data')
  if (!isJson(payload)) throw badInput(payload)
  const type = Object.entries(integration.requestParameters ?? {}).find(([name]) => name.toLowerCase() === 'integration.request.header.x-amz-invocation-type')?.[1]
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
    isEvent: type !== undefined && readSource(exchange, type) === 'Event',
  })
  noteIntegration(exchange, { latency: exchange.sandbox.now() - startedAt, status: 200, requestId })
  const answer = result?.payload ?? Buffer.alloc(0)
  log(`Endpoint response body before transformations: ${answer.toString('utf8')}`, 'data')
  const reply = respond(exchange, integration, result?.functionError ? errorMessage(answer.toString('utf8')) : '', { headers: [['Content-Type', 'application/json']], body: answer })
  return { ...reply, headers: [['X-Amzn-Trace-Id', exchange.traceId], ...reply.headers] }
}

function isJson(payload: Buffer): boolean {
  try {
    JSON.parse(payload.toString('utf8'))
    return true
  } catch {
    return false
  }
}

function badInput(payload: Buffer): Error {
  return misconfigured(`Could not parse request body into json: ${payload.toString('utf8').slice(0, 200)}`)
}
