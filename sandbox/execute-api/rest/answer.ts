import { randomBytes, randomUUID } from 'node:crypto'
import { inAccount } from '../../clock'
import type { Peer } from '../../handle'
import type { WireRequest, WireResponse } from '../../protocol/index'
import type { Sandbox } from '../../sandbox'
import { findApiAnywhere, snapshotOf } from '../../services/apigateway/apis'
import { own } from '../../services/apigateway/errors'
import type { RestApiRecord, StageRecord } from '../../services/apigateway/records'
import { settingsOf } from '../../services/apigateway/stages'
import type { ApiAddress } from '../address'
import { countRequest } from '../count-request'
import { headerPairs, lastValue, type Pairs } from '../pairs'
import { writeAccessLog } from './access-log'
import { checkApiKey } from './api-key'
import { authorizeRequest } from './authorize'
import { compressed, decompressed } from './compress'
import { contextOf } from './context'
import type { Arrival, Exchange, Reply } from './exchange'
import { logRequest, logResponse, writeExecutionLog, type LogLine } from './execution-log'
import { findMethod } from './find-method'
import { GatewayError, gatewayReply } from './gateway-error'
import { integrate } from './integrate'
import { LARGEST_BODY, refusalOfSize } from './request-size'
import { throttleStage } from './throttle'
import { validateRequest } from './validate-request'

/** Answers a request for a deployed REST API; undefined where the id is of none. */
export async function answerRest(sandbox: Sandbox, address: ApiAddress, request: WireRequest, peer: Peer): Promise<WireResponse | undefined> {
  const api = await findApiAnywhere(sandbox, address.apiId)
  if (!api) return undefined
  const [, stageName = '', path = '/'] = /^\/([^/]*)(\/.*)?$/.exec(address.rest) ?? []
  const stage = own(api.stages, stageName)
  const headers = headerPairs(request)
  const ids = { requestId: requestIdOf(headers), extendedRequestId: `${randomBytes(11).toString('base64url')}=` }
  const tooLarge = refusalOfSize(api, request, headers)
  if (tooLarge) return toWire(tooLarge, ids)
  const lines: LogLine[] = []
  const arrival = stage && (!api.disableExecuteApiEndpoint || address.sentPath !== undefined) ? await arrive(sandbox, api, stage, address, path, request, headers, peer, ids, lines) : undefined
  if (!arrival) return toWire({ status: 403, headers: [['Content-Type', 'application/json'], ['x-amzn-ErrorType', 'ForbiddenException']], body: Buffer.from('{"message":"Forbidden"}') }, ids)
  const reply = compressed(arrival, await run(arrival, lines))
  await writeAccessLog(arrival, reply).catch(noteOnly)
  const { context, outcome } = arrival
  countRequest(arrival.sandbox, api, { name: 'ApiName', value: api.name }, stageName, ['4XXError', '5XXError'], { status: reply.status, latencyMs: arrival.sandbox.now() - context.requestTimeEpoch, integrationMs: outcome.integration?.latency })
  return toWire(reply, ids)
}

async function arrive(machine: Sandbox, api: RestApiRecord, stage: StageRecord, address: ApiAddress, path: string, request: WireRequest, headers: Pairs, peer: Peer, ids: Ids, lines: LogLine[]): Promise<Arrival | undefined> {
  const sandbox = inAccount(machine, api.account)
  const canary = stage.canarySettings
  const isCanary = canary !== undefined && Math.random() * 100 < (canary.percentTraffic ?? 0)
  const deploymentId = (isCanary ? canary.deploymentId : undefined) ?? stage.deploymentId
  const definition = await snapshotOf(sandbox, api, deploymentId)
  if (!definition) return undefined
  const isLogged = Object.values(stage.methodSettings).some(({ loggingLevel = 'OFF' }) => loggingLevel !== 'OFF')
  const traceId = lastValue(headers, 'x-amzn-trace-id', true) ?? `Root=1-${Math.floor(sandbox.now() / 1000).toString(16)}-${randomBytes(12).toString('hex')}`
  return {
    sandbox,
    machine,
    api,
    definition,
    stageName: stage.stageName,
    stage,
    variables: isCanary ? { ...stage.variables, ...canary.stageVariableOverrides } : stage.variables,
    httpMethod: request.method,
    path,
    query: [...request.query],
    ...decompressed(definition, headers, request.body),
    signed: request,
    peer,
    context: contextOf({
      ...ids,
      api,
      stageName: stage.stageName,
      deploymentId,
      path: address.sentPath ?? `/${stage.stageName}${path}`,
      httpMethod: request.method,
      domainName: address.domainName,
      sourceIp: peer.address.replace(/^::ffff:/, ''),
      userAgent: lastValue(headers, 'user-agent', true) ?? null,
      now: sandbox.now(),
      ...(canary ? { isCanary } : {}),
      ...(stage.tracingEnabled ? { xrayTraceId: traceId } : {}),
    }),
    traceId,
    outcome: {},
    log: isLogged ? (text, level = 'info') => void lines.push({ at: sandbox.now(), level, text }) : () => undefined,
  }
}

/** The way of a request: method, policy and authorizer, API key, throttling, validation, integration. Errors become the API's own responses. */
async function run(arrival: Arrival, lines: LogLine[]): Promise<Reply> {
  let exchange: Exchange | undefined
  let reply: Reply
  try {
    if (arrival.body.length > LARGEST_BODY) throw new GatewayError('REQUEST_TOO_LARGE')
    const found = findMethod(arrival.definition, arrival.path, arrival.httpMethod)
    if (!found) throw new GatewayError('MISSING_AUTHENTICATION_TOKEN')
    const settings = settingsOf(arrival.stage!, found.resource.path, [arrival.httpMethod, found.method.httpMethod!])
    exchange = { ...arrival, ...found, ...(settings ? { settings } : {}) }
    Object.assign(arrival.context, { resourceId: found.resource.id, resourcePath: found.resource.path })
    arrival.log(`Extended Request Id: ${arrival.context.extendedRequestId}`)
    await authorizeRequest(exchange)
    await checkApiKey(exchange)
    throttleStage(exchange)
    logRequest(exchange)
    reply = await runMethod(exchange)
  } catch (error) {
    reply = errorReply(arrival, error)
  }
  logResponse(arrival, reply)
  await writeExecutionLog(arrival, lines, exchange?.settings?.of).catch(noteOnly)
  return reply
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
  if (known.more.cause) {
    arrival.log(known.more.cause, 'error')
    if (arrival.outcome.integration) arrival.outcome.integration.error = known.more.cause
  }
  return gatewayReply(arrival, known)
}

/** The answer is given although its log could not be written. */
function noteOnly(error: unknown): void {
  console.error(error)
}

interface Ids {
  requestId: string
  extendedRequestId: string
}

/** A client may choose the request's id by a header that holds a UUID (API Gateway developer guide, "CloudWatch log formats for API Gateway"). */
function requestIdOf(headers: Pairs): string {
  const given = lastValue(headers, 'x-amzn-requestid', true) ?? ''
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(given) ? given : randomUUID()
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
