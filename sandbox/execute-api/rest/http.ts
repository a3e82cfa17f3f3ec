import type { Integration } from '@aws-sdk/client-api-gateway'
import { callUrl, type Backend } from '../outgoing'
import { lastValue, type Pairs } from '../pairs'
import { isBinary, type Exchange, type Reply } from './exchange'
import { shown } from './execution-log'
import { forwardedHeaders } from './forwarded'
import { misconfigured } from './gateway-error'
import { respond } from './integration-response'
import { filledUri, mappedHeaders, mappedQuery, ownHeaders } from './mapped-request'
import { noteIntegration } from './outcome'
import { requestBody } from './request-template'

/** Passes the request on to a URL and its answer back (HTTP_PROXY). @throws GatewayError */
export async function proxyHttp(exchange: Exchange, integration: Integration): Promise<Reply> {
  const url = urlOf(exchange, integration)
  const mapped = new Set(Object.keys(integration.requestParameters ?? {}))
  for (const [name, value] of exchange.query) if (!mapped.has(`integration.request.querystring.${name}`)) url.searchParams.append(name, value)
  const passed: Pairs = [...forwardedHeaders(exchange).filter(([name]) => !/^host$/i.test(name)), ['x-amzn-apigateway-api-id', exchange.api.id]]
  const answer = await send(exchange, integration, url, passed, exchange.body)
  const headers = answer.headers.filter(([name]) => !/^(connection|keep-alive|transfer-encoding|content-length|content-encoding)$/i.test(name))
  return { status: answer.status, headers, body: answer.body }
}

/** Calls a URL with what templates make of the request, and makes the response of its answer by template (HTTP). @throws GatewayError */
export async function callHttp(exchange: Exchange, integration: Integration): Promise<Reply> {
  // The template may set what goes into the URL, so that it comes first.
  const body = requestBody(exchange, integration)
  const answer = await send(exchange, integration, urlOf(exchange, integration), ownHeaders(exchange), body)
  return respond(exchange, integration, String(answer.status), answer)
}

function urlOf(exchange: Exchange, integration: Integration): URL {
  let url: URL
  try {
    url = new URL(filledUri(exchange, integration))
  } catch {
    throw misconfigured('Invalid endpoint address')
  }
  for (const [name, value] of mappedQuery(exchange, integration)) url.searchParams.append(name, value)
  return url
}

async function send(exchange: Exchange, integration: Integration, url: URL, given: Pairs, body: Buffer): Promise<Backend> {
  const { log, httpMethod, sandbox, machine } = exchange
  const headers = mappedHeaders(exchange, integration, given)
  const method = integration.httpMethod === 'ANY' ? httpMethod : integration.httpMethod!
  const isBytes = isBinary(exchange.definition, lastValue(headers, 'content-type', true))
  log(`Endpoint request URI: ${url.href}`, 'data')
  log(`Endpoint request headers: ${shown(headers)}`, 'data')
  log(`Endpoint request body after transformations: ${isBytes ? '[Binary Data]' : body.toString('utf8')}`, 'data')
  const startedAt = sandbox.now()
  noteIntegration(exchange, {})
  const answer = await callUrl({ ...exchange, sandbox: machine }, { url, method, headers, body, timeoutMs: integration.timeoutInMillis ?? 29_000 }).finally(() => noteIntegration(exchange, { latency: sandbox.now() - startedAt }))
  noteIntegration(exchange, { status: answer.status })
  log(`Received response. Status: ${answer.status}, Integration latency: ${exchange.outcome.integration!.latency} ms`)
  log(`Endpoint response headers: ${shown(answer.headers)}`, 'data')
  log(`Endpoint response body before transformations: ${isBinary(exchange.definition, lastValue(answer.headers, 'content-type', true)) ? '[Binary Data]' : answer.body.toString('utf8')}`, 'data')
  return answer
}
