import type { CORSConfiguration, CORSRule } from '@aws-sdk/client-s3'
import { randomUUID } from 'node:crypto'
import { writeRestXmlError } from '../../protocol/rest-xml'
import type { WireRequest, WireResponse } from '../../protocol/index'
import type { Sandbox } from '../../sandbox'
import { addressOf } from './address'
import { findBucket } from './buckets'

/**
 * Lets web pages of other origins use a bucket as its CORS rules say: answers preflight requests, and adds the headers to
 * what a request gets (S3 user guide, "Using cross-origin resource sharing").
 * @param answer gives the answer of a request that is none of S3's preflights
 */
export async function withCors(sandbox: Sandbox, request: WireRequest, answer: () => Promise<WireResponse>): Promise<WireResponse> {
  const { origin } = request.headers
  if (request.method === 'OPTIONS' && addressOf(request)?.bucket !== undefined) return preflight(sandbox, request)
  const response = await answer()
  // Only S3 answers with this header.
  if (origin === undefined || response.headers['x-amz-request-id'] === undefined) return response
  const rule = (await rulesFor(sandbox, request)).find((one) => allows(one, origin, request.method))
  if (rule) Object.assign(response.headers, headersOf(rule, origin))
  return response
}

async function preflight(sandbox: Sandbox, request: WireRequest): Promise<WireResponse> {
  const { origin, 'access-control-request-method': method, 'access-control-request-headers': names } = request.headers
  const requestId = randomUUID()
  const refuse = (status: number, code: string, message: string) => {
    const response = writeRestXmlError({ code, message, status, members: { Method: method ?? '', ResourceType: 'BUCKET' } }, requestId, request.path)
    return { ...response, headers: { ...response.headers, 'x-amz-request-id': requestId } }
  }
  if (origin === undefined || method === undefined) return refuse(400, 'BadRequest', 'Insufficient information. Origin request header needed.')
  const rules = await rulesFor(sandbox, request)
  if (rules.length === 0) return refuse(403, 'AccessForbidden', 'CORSResponse: CORS is not enabled for this bucket.')
  const wanted = (names ?? '').split(',').map((name) => name.trim().toLowerCase()).filter(Boolean)
  const rule = rules.find((one) => allows(one, origin, method) && wanted.every((name) => (one.AllowedHeaders ?? []).some((allowed) => matches(allowed.toLowerCase(), name))))
  if (!rule) return refuse(403, 'AccessForbidden', 'CORSResponse: This CORS request is not allowed. This is usually because the evalution of Origin, request method / Access-Control-Request-Method or Access-Control-Request-Headers are not whitelisted by the resource\'s CORS spec.')
  const headers = { ...headersOf(rule, origin), ...(wanted.length > 0 ? { 'access-control-allow-headers': wanted.join(', ') } : {}), 'x-amz-request-id': requestId }
  return { status: 200, headers, body: Buffer.alloc(0) }
}

async function rulesFor(sandbox: Sandbox, request: WireRequest): Promise<CORSRule[]> {
  const name = addressOf(request)?.bucket
  const bucket = name === undefined ? undefined : await findBucket(sandbox, name)
  return (bucket?.settings.CORSConfiguration as CORSConfiguration | undefined)?.CORSRules ?? []
}

function allows(rule: CORSRule, origin: string, method: string): boolean {
  return (rule.AllowedOrigins ?? []).some((allowed) => matches(allowed, origin)) && (rule.AllowedMethods ?? []).includes(method)
}

function matches(pattern: string, text: string): boolean {
  const [begin = '', end] = pattern.split('*')
  return end === undefined ? pattern === text : text.length >= pattern.length - 1 && text.startsWith(begin) && text.endsWith(end)
}

function headersOf({ AllowedOrigins = [], AllowedMethods = [], ExposeHeaders, MaxAgeSeconds }: CORSRule, origin: string): Record<string, string> {
  const isAny = AllowedOrigins.includes('*')
  return {
    'access-control-allow-origin': isAny ? '*' : origin,
    'access-control-allow-methods': AllowedMethods.join(', '),
    ...(isAny ? {} : { 'access-control-allow-credentials': 'true' }),
    ...(ExposeHeaders?.length ? { 'access-control-expose-headers': ExposeHeaders.join(', ') } : {}),
    ...(MaxAgeSeconds === undefined ? {} : { 'access-control-max-age': String(MaxAgeSeconds) }),
    vary: 'Origin, Access-Control-Request-Headers, Access-Control-Request-Method',
  }
}
