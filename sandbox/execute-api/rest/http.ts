import type { Integration } from '@aws-sdk/client-api-gateway'
import { own } from '../../services/apigateway/errors'
import { addressOf, executeApi } from '../index'
import { lastValue, type Pairs } from '../pairs'
import { isBinary, type Exchange, type Reply } from './exchange'
import { forwardedHeaders } from './forwarded'
import { GatewayError, misconfigured } from './gateway-error'
import { respond } from './integration-response'
import { requestBody } from './request-template'
import { readSource } from './sources'

/** How many APIs may call each other in a row. */
const MOST_HOPS = 5
const HOPS = 'x-sandbox-hops'

interface Backend {
  status: number
  headers: Pairs
  body: Buffer
}

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
  const { log, sandbox, api, httpMethod } = exchange
  const headers: Pairs = [...given]
  for (const [name, source] of Object.entries(integration.requestParameters ?? {})) {
    const key = /^integration\.request\.header\.(.+)$/.exec(name)?.[1]
    const value = key === undefined ? undefined : readSource(exchange, source)
    if (key !== undefined && value !== undefined) headers.splice(0, headers.length, ...headers.filter(([other]) => other.toLowerCase() !== key.toLowerCase()), [key, [value].flat().join(',')])
  }
  const method = integration.httpMethod === 'ANY' ? httpMethod : integration.httpMethod!
  log(`Endpoint request URI: ${url.href}`)
  log(`Endpoint request body after transformations: ${isBinary(exchange.definition, lastValue(headers, 'content-type', true)) ? '[Binary Data]' : body.toString('utf8')}`)
  const timeoutMs = integration.timeoutInMillis ?? 29_000
  if (isOwn(url, sandbox.url())) return toOwnApi(exchange, url, method, headers, body)
  if (!sandbox.allowOutgoing.includes(url.host) && !sandbox.allowOutgoing.includes(url.hostname)) {
    console.warn(`API ${api.id}: refused to call ${url.host}. HTTP integrations reach deployed APIs of this sandbox; other hosts must be named in allowOutgoing.`)
    throw new GatewayError('INTEGRATION_FAILURE', { cause: `Execution failed due to configuration error: ${url.host} is not among the hosts that this sandbox may call` })
  }
  return overNetwork(url, method, headers, body, timeoutMs)
}

/** Whether a URL is of a deployed API of this sandbox. */
function isOwn(url: URL, self: string): boolean {
  return addressOf({ path: url.pathname, headers: { host: url.host } }) !== undefined && (url.host === new URL(self).host || /\.execute-api\./.test(url.hostname))
}

async function toOwnApi({ sandbox, headers: incoming, peer }: Exchange, url: URL, method: string, headers: Pairs, body: Buffer): Promise<Backend> {
  const hops = Number(lastValue(incoming, HOPS, true) ?? 0) + 1
  if (!(hops <= MOST_HOPS)) throw misconfigured(`More than ${MOST_HOPS} APIs call each other in a row`)
  const sent: Pairs = [...headers.filter(([name]) => name.toLowerCase() !== HOPS && !/^host$/i.test(name)), ['Host', url.host], [HOPS, String(hops)]]
  const request = { method, path: url.pathname, query: url.searchParams, headers: Object.fromEntries(sent.map(([name, value]) => [name.toLowerCase(), value])), rawHeaders: sent.flat(), body }
  const answer = await executeApi(sandbox, addressOf(request)!, request, peer)
  return { status: answer.status, headers: Object.entries(answer.headers).flatMap(([name, values]) => [values].flat().map((value): [string, string] => [name, value])), body: answer.body }
}

async function overNetwork(url: URL, method: string, headers: Pairs, body: Buffer, timeoutMs: number): Promise<Backend> {
  try {
    const hasBody = method !== 'GET' && method !== 'HEAD' && body.length > 0
    const answer = await fetch(url, { method, headers, redirect: 'manual', signal: AbortSignal.timeout(timeoutMs), ...(hasBody ? { body: new Uint8Array(body) } : {}) })
    return { status: answer.status, headers: [...answer.headers], body: Buffer.from(await answer.arrayBuffer()) }
  } catch (error) {
    if ((error as Error).name === 'TimeoutError') throw new GatewayError('INTEGRATION_TIMEOUT', { cause: 'Execution failed due to a timeout error' })
    throw new GatewayError('INTEGRATION_FAILURE', { cause: `Execution failed due to configuration error: ${(error as Error).message}` })
  }
}
