import type { Integration } from '@aws-sdk/client-api-gateway'
import { own } from '../../services/apigateway/errors'
import { callUrl, type Backend } from '../outgoing'
import { lastValue, type Pairs } from '../pairs'
import { isBinary, type Exchange, type Reply } from './exchange'
import { forwardedHeaders } from './forwarded'
import { misconfigured } from './gateway-error'
import { respond } from './integration-response'
import { requestBody } from './request-template'
import { readSource } from './sources'

/** Passes the request on to a URL and its answer back (HTTP_PROXY). @throws GatewayError */
export async function proxyHttp(exchange: Exchange, integration: Integration): Promise<Reply> {
  const url = urlOf(exchange, integration)
  const mapped = new Set(Object.keys(integration.requestParameters ?? {}))
  for (const [name, value] of exchange.query) if (!mapped.has(`integration.request.querystring.${name}`)) url.searchParams.append(name, value)
  const answer = await send(exchange, integration, url, forwardedHeaders(exchange).filter(([name]) => !/^host$/i.test(name)), exchange.body)
  const headers = answer.headers.filter(([name]) => !/^(connection|keep-alive|transfer-encoding|content-length|content-encoding)$/i.test(name))
  return { status: answer.status, headers, body: answer.body }
}

/** Calls a URL with what templates make of the request, and makes the response of its answer by template (HTTP). @throws GatewayError */
export async function callHttp(exchange: Exchange, integration: Integration): Promise<Reply> {
  const body = requestBody(exchange, integration)
  const headers: Pairs = [['Content-Type', lastValue(exchange.headers, 'content-type', true) ?? 'application/json']]
  const answer = await send(exchange, integration, urlOf(exchange, integration), headers, body)
  return respond(exchange, integration, String(answer.status), answer)
}

/** The integration's URL: stage variables and path variables filled in, mapped query parameters added. */
function urlOf(exchange: Exchange, { uri = '', requestParameters = {} }: Integration): URL {
  const path: Record<string, string> = { ...exchange.pathParameters }
  for (const [name, source] of Object.entries(requestParameters)) {
    const label = /^integration\.request\.path\.(.+)$/.exec(name)?.[1]
    if (label !== undefined) path[label] = String(readSource(exchange, source) ?? '')
  }
  const filled = uri
    .replace(/\$\{stageVariables\.(\w+)\}/g, (_, name: string) => own(exchange.variables, name) ?? '')
    .replace(/\{([^}+]+)\+?\}/g, (_, name: string) => (own(path, name) ?? '').split('/').map(encodeURIComponent).join('/'))
  let url: URL
  try {
    url = new URL(filled)
  } catch {
    throw misconfigured('Invalid endpoint address')
  }
  for (const [name, source] of Object.entries(requestParameters)) {
    const key = /^integration\.request\.querystring\.(.+)$/.exec(name)?.[1]
    if (key === undefined) continue
    for (const value of [readSource(exchange, source) ?? []].flat()) url.searchParams.append(key, value)
  }
  return url
}

async function send(exchange: Exchange, integration: Integration, url: URL, given: Pairs, body: Buffer): Promise<Backend> {
  const { log, httpMethod } = exchange
  const headers: Pairs = [...given]
  for (const [name, source] of Object.entries(integration.requestParameters ?? {})) {
    const key = /^integration\.request\.header\.(.+)$/.exec(name)?.[1]
    const value = key === undefined ? undefined : readSource(exchange, source)
    if (key !== undefined && value !== undefined) headers.splice(0, headers.length, ...headers.filter(([other]) => other.toLowerCase() !== key.toLowerCase()), [key, [value].flat().join(',')])
  }
  const method = integration.httpMethod === 'ANY' ? httpMethod : integration.httpMethod!
  log(`Endpoint request URI: ${url.href}`)
  log(`Endpoint request body after transformations: ${isBinary(exchange.definition, lastValue(headers, 'content-type', true)) ? '[Binary Data]' : body.toString('utf8')}`)
  return callUrl(exchange, { url, method, headers, body, timeoutMs: integration.timeoutInMillis ?? 29_000 })
}
