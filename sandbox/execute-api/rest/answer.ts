import { randomBytes, randomUUID } from 'node:crypto'
import type { Peer } from '../../handle'
import type { WireRequest, WireResponse } from '../../protocol/index'
import type { Sandbox } from '../../sandbox'
import { findApiAnywhere, snapshotOf } from '../../services/apigateway/apis'
import { own } from '../../services/apigateway/errors'
import type { RestApiRecord, StageRecord } from '../../services/apigateway/records'
import type { ApiAddress } from '../address'
import { headerPairs, lastValue } from '../pairs'
import { authorizeRequest } from './authorize'
import { contextOf } from './context'
import { compressed } from './compress'
import type { Arrival, Exchange, Reply } from './exchange'
import { findMethod } from './find-method'
import { GatewayError, gatewayReply } from './gateway-error'
import { integrate } from './integrate'
import { checkApiKey } from './api-key'
import { throttleStage } from './throttle'
import { validateRequest } from './validate-request'

/** API Gateway's limit of a request's body, 10 MB. */
const LARGEST_BODY = 10_485_760

/** Answers a request for a deployed REST API; undefined where the id is of none. */
export async function answerRest(sandbox: Sandbox, address: ApiAddress, request: WireRequest, peer: Peer): Promise<WireResponse | undefined> {
  const api = await findApiAnywhere(sandbox, address.apiId)
  if (!api) return undefined
  const [, stageName = '', path = '/'] = /^\/([^/]*)(\/.*)?$/.exec(address.rest) ?? []
  const stage = own(api.stages, stageName)
  const ids = { requestId: randomUUID(), extendedRequestId: `${randomBytes(11).toString('base64url')}=` }
  const arrival = stage && (!api.disableExecuteApiEndpoint || address.sentPath !== undefined) ? await arrive(sandbox, api, stage, address, path, request, peer, ids) : undefined
  if (!arrival) return toWire({ status: 403, headers: [['Content-Type', 'application/json'], ['x-amzn-ErrorType', 'ForbiddenException']], body: Buffer.from('{"message":"Forbidden"}') }, ids)
  const reply = await run(arrival)
  return toWire(compressed(arrival, reply), ids)
}

async function arrive(sandbox: Sandbox, api: RestApiRecord, stage: StageRecord, address: ApiAddress, path: string, request: WireRequest, peer: Peer, ids: Ids): Promise<Arrival | undefined> {
  const canary = stage.canarySettings
  const isCanary = canary !== undefined && Math.random() * 100 < (canary.percentTraffic ?? 0)
  const deploymentId = (isCanary ? canary.deploymentId : undefined) ?? stage.deploymentId
  const definition = await snapshotOf(sandbox, api, deploymentId)
  if (!definition) return undefined
  const headers = headerPairs(request)
  return {
    sandbox,
    api,
    definition,
    stageName: stage.stageName,
    variables: isCanary ? { ...stage.variables, ...canary.stageVariableOverrides } : stage.variables,
    httpMethod: request.method,
    path,
    headers,
    query: [...request.query],
    body: request.body,
    signed: request,
    peer,
    context: contextOf({ ...ids, api, stageName: stage.stageName, deploymentId, path: address.sentPath ?? `/${stage.stageName}${path}`, httpMethod: request.method, domainName: address.domainName, sourceIp: peer.address.replace(/^::ffff:/, ''), userAgent: lastValue(headers, 'user-agent', true) ?? null, now: sandbox.now(), ...(canary ? { isCanary } : {}) }),
    log: () => undefined,
  }
}

/** The way of a request: method, policy and authorizer, API key, throttling, validation, integration. Errors become the API's own responses. */
async function run(arrival: Arrival): Promise<Reply> {
  try {
    if (arrival.body.length > LARGEST_BODY) throw new GatewayError('REQUEST_TOO_LARGE')
    const found = findMethod(arrival.definition, arrival.path, arrival.httpMethod)
    if (!found) throw new GatewayError('MISSING_AUTHENTICATION_TOKEN')
    const exchange: Exchange = { ...arrival, ...found }
    Object.assign(arrival.context, { resourceId: found.resource.id, resourcePath: found.resource.path })
    await authorizeRequest(exchange)
    await checkApiKey(exchange)
    throttleStage(exchange)
    return await runMethod(exchange)
  } catch (error) {
    return errorReply(arrival, error)
  }
}

/** The part of the way that a test invocation goes too: validation and integration. @throws GatewayError */
export async function runMethod(exchange: Exchange): Promise<Reply> {
  validateRequest(exchange)
  return integrate(exchange)
}

/** Whatever went wrong as a response. */
export function errorReply(arrival: Arrival, error: unknown): Reply {
  const known = error instanceof GatewayError ? error : new GatewayError('DEFAULT_5XX', { status: 500, message: 'Internal server error' })
  if (known !== error) console.error(error)
  if (known.more.cause) arrival.log(known.more.cause)
  return gatewayReply(arrival, known)
}

interface Ids {
  requestId: string
  extendedRequestId: string
}

/** Headers that a backend may not set on the connection; AWS shows them under another name. */
const REMAPPED = /^(authorization|connection|content-length|content-md5|date|expect|host|max-forwards|proxy-authenticate|server|trailer|upgrade|user-agent|www-authenticate)$/i

function toWire({ status, headers, body }: Reply, { requestId, extendedRequestId }: Ids): WireResponse {
  const written: Record<string, string | string[]> = {}
  const names = new Map<string, string>()
  for (const [name, value] of headers) {
    const shown = REMAPPED.test(name) ? `x-amzn-Remapped-${name}` : name
    // Connection details are HTTP's own; a header that Node cannot write would end the connection.
    if (/^transfer-encoding$/i.test(name) || !/^[\w!#$%&'*+.^`|~-]+$/.test(shown) || /[^\t\x20-\x7e\x80-\xff]/.test(value)) continue
    const key = names.get(shown.toLowerCase()) ?? shown
    names.set(shown.toLowerCase(), key)
    const before = written[key]
    written[key] = before === undefined || /^content-type$/i.test(key) ? value : [before, value].flat()
  }
  if (!names.has('content-type')) written['Content-Type'] = 'application/json'
  return { status, headers: { ...written, 'x-amzn-RequestId': requestId, 'x-amz-apigw-id': extendedRequestId }, body }
}
