import { Sha256 } from '@aws-crypto/sha256-js'
import { SignatureV4 } from '@smithy/signature-v4'
import http from 'node:http'
import https from 'node:https'
import { Refused } from '@/components/lab/refusal'
import type { FieldError } from '@/components/lab/lab-view'
import type { CallContext } from '@/components/resource/calls/call'
import { CloudUnavailable } from '@/lib/cloud'
import { addressOfApi, findDeployedApi, pathInStage, type ApiAddress } from '@/lib/cloud/deployed-api'
import { corsSteps, headersToAskFor, needsPreflight, type CorsStep } from './cors'
import { hasBody, headersOf, type ApiRequest } from './request'

/** API Gateway waits 29 s for an integration; a little more, so that its own answer is seen. */
const TIMEOUT_MS = 35_000
/** The most of an answer's body that is read, in bytes. */
const BODY_LIMIT = 1_000_000

type Headers = readonly (readonly [name: string, value: string])[]

/** A request as it went, and what came back. */
export interface Exchange {
  request: { method: string; url: string; headers: Headers; body?: string }
  response: {
    status: number
    statusText: string
    headers: Headers
    /** Text, or base64 where the answer is not text. */
    body: string
    isText: boolean
    /** In bytes, as it came. */
    size: number
    cut: boolean
  }
  durationMs: number
}

/**
 * What came of a request from the form. Where the preflight was refused there is no exchange: a browser sends nothing
 * after it, and neither does this. `timedOut` tells after how many seconds no answer had come.
 */
export type TestResult = { ok: true; exchange?: Exchange; preflight?: Exchange; cors?: CorsStep[]; timedOut?: number } | { ok: false; fields: Record<string, FieldError> }

/**
 * Sends a request to a deployed API of the learner's own account. With an origin, it goes as a browser would send it from
 * a page there: a preflight first where one is needed.
 *
 * @throws CloudUnavailable, Refused for a path of the endpoint itself
 */
export async function sendApiRequest(request: ApiRequest, { cloud, accountId }: CallContext, signal: AbortSignal): Promise<TestResult> {
  // As root: whether this is the learner's API does not depend on what the learner may read.
  const api = await findDeployedApi(await cloud.clients(accountId, { as: 'checker' }), request.apiId)
  if (!api) return { ok: false, fields: { apiId: { key: 'noApi' } } }
  const address = ownAddress(cloud.endpoint, request)
  const sent = headersOf(request)
  try {
    if (request.origin === '') return { ok: true, exchange: await sendOne(address, request.method, await signed(), bodyOf(request), signal) }
    const cross = { origin: request.origin, method: request.method, headers: request.auth.kind === 'iam' ? [...sent, { name: 'authorization', value: '' }, { name: 'x-amz-date', value: '' }] : sent }
    let preflight: Exchange | undefined
    if (needsPreflight(cross)) {
      const asked = headersToAskFor(cross.headers)
      preflight = await sendOne(
        address,
        'OPTIONS',
        [['origin', request.origin], ['access-control-request-method', request.method], ...(asked.length > 0 ? [['access-control-request-headers', asked.join(',')] as const] : [])],
        undefined,
        signal,
      )
      const steps = corsSteps(cross, corsAnswer(preflight), undefined)
      if (steps.some(({ ok }) => !ok)) return { ok: true, preflight, cors: steps }
    }
    const exchange = await sendOne(address, request.method, await signed(), bodyOf(request), signal)
    return { ok: true, exchange, ...(preflight && { preflight }), cors: corsSteps(cross, preflight && corsAnswer(preflight), corsAnswer(exchange)) }
  } catch (error) {
    if (error instanceof TimedOut) return { ok: true, timedOut: TIMEOUT_MS / 1000 }
    throw error
  }

  async function signed(): Promise<Headers> {
    const plain = sent.map(({ name, value }) => [name, value] as const)
    if (request.auth.kind !== 'iam') return plain
    const { accessKeyId, secretAccessKey } = await cloud.keys(accountId)
    const signer = new SignatureV4({ service: 'execute-api', region: cloud.region, credentials: { accessKeyId, secretAccessKey }, sha256: Sha256 })
    const { headers } = await signer.sign({
      method: request.method,
      protocol: address.url.protocol,
      hostname: address.url.hostname,
      path: address.url.pathname,
      query: queryOf(address.url),
      headers: { ...Object.fromEntries(plain.map(([name, value]) => [name.toLowerCase(), value])), host: address.host },
      ...(hasBody(request) && { body: request.body }),
    })
    return Object.entries(headers).filter(([name]) => name !== 'host')
  }
}

class TimedOut extends Error {}

function ownAddress(endpoint: string, { apiId, stage, path }: ApiRequest): ApiAddress {
  try {
    return addressOfApi(endpoint, apiId, pathInStage(stage, path))
  } catch (error) {
    if (error instanceof RangeError || error instanceof TypeError) throw new Refused('invalid')
    throw error
  }
}

function bodyOf(request: ApiRequest): Buffer | undefined {
  return hasBody(request) ? Buffer.from(request.body) : undefined
}

function queryOf(url: URL): Record<string, string | string[]> {
  return Object.fromEntries([...new Set(url.searchParams.keys())].map((name) => [name, url.searchParams.getAll(name)]))
}

function corsAnswer({ response }: Exchange): { status: number; headers: Record<string, string> } {
  return { status: response.status, headers: Object.fromEntries(response.headers.map(([name, value]) => [name.toLowerCase(), value])) }
}

/** One request over a connection of its own; a redirection is an answer like any other. */
function sendOne({ url, host }: ApiAddress, method: string, headers: Headers, body: Buffer | undefined, signal: AbortSignal): Promise<Exchange> {
  const all: Headers = [['host', host], ['user-agent', 'Worklab-API-tester'], ...headers, ...(body ? [['content-length', String(body.length)] as const] : [])]
  const started = performance.now()
  return new Promise((resolve, reject) => {
    const request = (url.protocol === 'https:' ? https : http).request(
      // As a list, so that names keep their case and one name may stand twice.
      { hostname: url.hostname.replace(/^\[|\]$/g, ''), port: url.port, path: `${url.pathname}${url.search}`, method, headers: all.flat(), agent: false, signal, timeout: TIMEOUT_MS },
      (response) => {
        const chunks: Buffer[] = []
        let size = 0
        response.on('data', (chunk: Buffer) => {
          if (size < BODY_LIMIT) chunks.push(chunk.subarray(0, BODY_LIMIT - size))
          size += chunk.length
        })
        response.on('error', reject)
        response.on('end', () => {
          const bytes = Buffer.concat(chunks)
          const raw = response.rawHeaders
          resolve({
            request: { method, url: `${url.protocol}//${host}${url.pathname}${url.search}`, headers: all.filter(([name]) => name !== 'host'), ...(body && { body: body.toString() }) },
            response: {
              status: response.statusCode ?? 0,
              statusText: response.statusMessage ?? '',
              headers: Array.from({ length: raw.length / 2 }, (_, index) => [raw[2 * index]!, raw[2 * index + 1]!] as const),
              ...textOf(bytes),
              size,
              cut: size > BODY_LIMIT,
            },
            durationMs: performance.now() - started,
          })
        })
      },
    )
    request.on('timeout', () => request.destroy(new TimedOut()))
    request.on('error', (error) => reject(error instanceof TimedOut || signal.aborted ? error : new CloudUnavailable(url.origin, error)))
    request.end(body)
  })
}

function textOf(bytes: Buffer): { body: string; isText: boolean } {
  try {
    const body = new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true })
    if (!body.includes('\0')) return { body, isText: true }
  } catch {
    // Not text: below.
  }
  return { body: bytes.toString('base64'), isText: false }
}
