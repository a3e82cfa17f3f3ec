import type { Peer } from '../handle'
import type { Sandbox } from '../sandbox'
import { addressOf, executeApi } from './index'
import { lastValue, type Pairs } from './pairs'
import { GatewayError, misconfigured } from './rest/gateway-error'
import { beforeTimeout, timedOut } from './rest/integration-timeout'

/** How many APIs may call each other in a row. */
const MOST_HOPS = 5
const HOPS = 'x-sandbox-hops'

/** On whose behalf a URL is called. */
export interface Caller {
  sandbox: Sandbox
  api: { id: string }
  /** Of the request that leads to the call. */
  headers: Pairs
  peer: Peer
}

export interface OutgoingRequest {
  url: URL
  method: string
  headers: Pairs
  body: Buffer
  timeoutMs: number
}

/** What a URL answered. */
export interface Backend {
  status: number
  headers: Pairs
  body: Buffer
}

/**
 * Calls a URL for an API: a deployed API of this sandbox, or a host that `allowOutgoing` names.
 * @throws GatewayError INTEGRATION_FAILURE for any other host or one that does not answer, INTEGRATION_TIMEOUT
 */
export async function callUrl(caller: Caller, request: OutgoingRequest): Promise<Backend> {
  const { sandbox, api } = caller
  const { url } = request
  if (isOwn(url, sandbox.url())) return beforeTimeout(toOwnApi(caller, request), request.timeoutMs)
  if (!sandbox.allowOutgoing.includes(url.host) && !sandbox.allowOutgoing.includes(url.hostname)) {
    console.warn(`API ${api.id}: refused to call ${url.host}. HTTP integrations reach deployed APIs of this sandbox; other hosts must be named in allowOutgoing.`)
    throw new GatewayError('INTEGRATION_FAILURE', { cause: `Execution failed due to configuration error: ${url.host} is not among the hosts that this sandbox may call` })
  }
  return overNetwork(request)
}

/** Whether a URL is of a deployed API of this sandbox. */
function isOwn(url: URL, self: string): boolean {
  return addressOf({ path: url.pathname, headers: { host: url.host } }) !== undefined && (url.host === new URL(self).host || /\.execute-api\./.test(url.hostname))
}

async function toOwnApi({ sandbox, headers: incoming, peer }: Caller, { url, method, headers, body }: OutgoingRequest): Promise<Backend> {
  const hops = Math.max(0, Number(lastValue(incoming, HOPS, true) ?? 0)) + 1
  if (!(hops <= MOST_HOPS)) throw misconfigured(`More than ${MOST_HOPS} APIs call each other in a row`)
  const sent: Pairs = [...headers.filter(([name]) => name.toLowerCase() !== HOPS && !/^host$/i.test(name)), ['Host', url.host], [HOPS, String(hops)]]
  const request = { method, path: url.pathname, query: url.searchParams, rawQuery: url.search.slice(1), headers: Object.fromEntries(sent.map(([name, value]) => [name.toLowerCase(), value])), rawHeaders: sent.flat(), body }
  const answer = await executeApi(sandbox, addressOf(request)!, request, peer)
  return { status: answer.status, headers: Object.entries(answer.headers).flatMap(([name, values]) => [values].flat().map((value): [string, string] => [name, value])), body: answer.body }
}

async function overNetwork({ url, method, headers, body, timeoutMs }: OutgoingRequest): Promise<Backend> {
  try {
    const hasBody = method !== 'GET' && method !== 'HEAD' && body.length > 0
    const answer = await fetch(url, { method, headers, redirect: 'manual', signal: AbortSignal.timeout(timeoutMs), ...(hasBody ? { body: new Uint8Array(body) } : {}) })
    return { status: answer.status, headers: [...answer.headers], body: Buffer.from(await answer.arrayBuffer()) }
  } catch (error) {
    if ((error as Error).name === 'TimeoutError') throw timedOut()
    throw new GatewayError('INTEGRATION_FAILURE', { cause: `Execution failed due to configuration error: ${(error as Error).message}` })
  }
}
