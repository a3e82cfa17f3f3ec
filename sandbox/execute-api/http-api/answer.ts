import { randomBytes } from 'node:crypto'
import { inAccount } from '../../clock'
import type { Peer } from '../../handle'
import type { WireRequest, WireResponse } from '../../protocol/index'
import type { Sandbox } from '../../sandbox'
import { findApiAnywhere, snapshotOf } from '../../services/apigatewayv2/apis'
import { own } from '../../services/apigateway/errors'
import type { HttpApiRecord, StageRecord } from '../../services/apigatewayv2/records'
import type { ApiAddress } from '../address'
import { countRequest } from '../count-request'
import { LARGEST_BODY } from '../index'
import { headerPairs, lastValue } from '../pairs'
import { logAccess } from './access-log'
import { authorizeRequest } from './authorize'
import { preflight, withCors } from './cors'
import { decoded, HttpError, notFound, type Arrival, type Exchange, type Reply } from './exchange'
import { integrate } from './integrate'
import { selectRoute } from './select-route'
import { throttleRoute } from './throttle'

/** Answers a request for a deployed HTTP API; undefined where the id is of none. */
export async function answerHttpApi(sandbox: Sandbox, address: ApiAddress, request: WireRequest, peer: Peer): Promise<WireResponse | undefined> {
  const api = await findApiAnywhere(sandbox, address.apiId)
  if (!api) return undefined
  const requestId = `${randomBytes(11).toString('base64url')}=`
  const arrival = await arrive(sandbox, api, address, request, peer, requestId)
  if (!arrival) return toWire(notFound().reply(), requestId)
  const { reply, fault } = await run(arrival)
  await logAccess(arrival, reply, fault)
  countRequest(arrival.sandbox, api, { name: 'ApiId', value: api.id }, arrival.stage.StageName, ['4xx', '5xx'], { status: reply.status, latencyMs: arrival.sandbox.now() - arrival.startedAt, integrationMs: arrival.integration?.latency })
  return toWire(reply, requestId)
}

/** The request at its stage; undefined where there is no such stage, nothing is deployed on it, or the API does not answer under its own name. */
async function arrive(machine: Sandbox, api: HttpApiRecord, address: ApiAddress, request: WireRequest, peer: Peer, requestId: string): Promise<Arrival | undefined> {
  const { stage, path, shown } = stageOf(api, address.rest)
  const definition = stage?.DeploymentId === undefined ? undefined : await snapshotOf(machine, api, stage.DeploymentId)
  if (!stage || !definition || (definition.isEndpointDisabled && address.sentPath === undefined)) return undefined
  const headers = headerPairs(request)
  const sandbox = inAccount(machine, api.account)
  return {
    sandbox,
    machine,
    api,
    definition,
    stage,
    variables: stage.StageVariables ?? {},
    method: request.method,
    path,
    rawPath: decoded(address.sentPath ?? shown),
    domainName: address.domainName,
    headers,
    query: [...request.query],
    rawQuery: request.rawQuery ?? request.query.toString(),
    body: request.body,
    signed: request,
    peer,
    requestId,
    startedAt: sandbox.now(),
    context: { identity: { sourceIp: peer.address.replace(/^::ffff:/, ''), userAgent: lastValue(headers, 'user-agent', true) ?? null } },
  }
}

/** The answer, and what went wrong where that is why it is so. */
async function run(arrival: Arrival): Promise<{ reply: Reply; fault?: HttpError }> {
  const { definition, headers } = arrival
  try {
    return { reply: await answer(arrival) }
  } catch (error) {
    if (!(error instanceof HttpError)) console.error(error)
    const fault = error instanceof HttpError ? error : new HttpError(500, 'Internal Server Error')
    return { reply: withCors(definition.cors, headers, fault.reply()), fault }
  }
}

/** The way of a request: route, throttling, authorizer, integration. @throws HttpError */
async function answer(arrival: Arrival): Promise<Reply> {
  const { definition, method, path, headers, body } = arrival
  if (body.length > LARGEST_BODY) throw new HttpError(413, 'Request Entity Too Large')
  const selected = selectRoute(definition, method, path)
  const early = preflight(definition.cors, method, headers)
  if (!selected) {
    if (early) return early
    throw notFound()
  }
  const exchange: Exchange = Object.assign(arrival, selected)
  throttleRoute(exchange)
  // A route that also takes OPTIONS guards preflights too (HTTP API developer guide, "Configure CORS", on $default and authorizers).
  await authorizeRequest(exchange)
  return early ?? withCors(definition.cors, headers, await integrate(exchange))
}

/** The stage that the path's first segment names, else `$default`; the path behind it, and the path as events show it, where `$default` is not in it. */
function stageOf(api: HttpApiRecord, rest: string): { stage: StageRecord | undefined; path: string; shown: string } {
  const [, name = '', path = '/'] = /^\/([^/]*)(\/.*)?$/.exec(rest) ?? []
  const named = own(api.stages, decoded(name))
  if (!named) return { stage: own(api.stages, '$default'), path: rest, shown: rest }
  return { stage: named, path, shown: named.StageName === '$default' ? path : rest }
}

/** Headers of the connection, which a backend does not set. */
const OF_CONNECTION = /^(connection|content-length|date|keep-alive|server|trailer|transfer-encoding|upgrade)$/i

function toWire({ status, headers, body }: Reply, requestId: string): WireResponse {
  const written: Record<string, string | string[]> = {}
  for (const [name, value] of headers) {
    // A header that Node cannot write would end the connection.
    if (OF_CONNECTION.test(name) || !/^[\w!#$%&'*+.^`|~-]+$/.test(name) || /[^\t\x20-\x7e\x80-\xff]/.test(value)) continue
    const key = name.toLowerCase()
    const before = own(written, key)
    written[key] = before === undefined || key === 'content-type' ? value : key === 'set-cookie' ? [before, value].flat() : `${before as string},${value}`
  }
  return { status, headers: { ...written, 'apigw-requestid': requestId }, body }
}
