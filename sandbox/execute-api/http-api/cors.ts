import type { Cors } from '@aws-sdk/client-apigatewayv2'
import { lastValue, type Pairs } from '../pairs'
import type { Reply } from './exchange'

/**
 * The answer to a browser's preflight, which API Gateway gives itself where CORS is configured; undefined where the
 * request is none (HTTP API developer guide, "Configure CORS for HTTP APIs").
 */
export function preflight(cors: Cors | undefined, method: string, headers: Pairs): Reply | undefined {
  const isPreflight = method === 'OPTIONS' && lastValue(headers, 'origin', true) !== undefined && lastValue(headers, 'access-control-request-method', true) !== undefined
  if (!cors || !isPreflight) return undefined
  const allowed = allowedOrigin(cors, headers)
  if (allowed === undefined) return { status: 204, headers: [], body: Buffer.alloc(0) }
  const list = (name: string, values: string[] | undefined): Pairs => (values?.length ? [[name, values.join(',')]] : [])
  return {
    status: 204,
    headers: [
      ...forOrigin(cors, allowed),
      ...list('Access-Control-Allow-Methods', cors.AllowMethods),
      ...list('Access-Control-Allow-Headers', cors.AllowHeaders),
      ...(cors.MaxAge === undefined ? [] : ([['Access-Control-Max-Age', String(cors.MaxAge)]] as Pairs)),
    ],
    body: Buffer.alloc(0),
  }
}

/** The response with the API's CORS headers in place of the backend's own; as it is where CORS is not configured. */
export function withCors(cors: Cors | undefined, requestHeaders: Pairs, reply: Reply): Reply {
  if (!cors) return reply
  const own = reply.headers.filter(([name]) => !/^access-control-/i.test(name))
  const allowed = allowedOrigin(cors, requestHeaders)
  return { ...reply, headers: allowed === undefined ? own : [...own, ...forOrigin(cors, allowed)] }
}

function forOrigin(cors: Cors, allowed: string): Pairs {
  return [
    ['Access-Control-Allow-Origin', allowed],
    ...(cors.AllowCredentials ? ([['Access-Control-Allow-Credentials', 'true']] as Pairs) : []),
    ...(cors.ExposeHeaders?.length ? ([['Access-Control-Expose-Headers', cors.ExposeHeaders.join(',')]] as Pairs) : []),
  ]
}

function allowedOrigin({ AllowOrigins = [] }: Cors, headers: Pairs): string | undefined {
  const origin = lastValue(headers, 'origin', true)
  if (origin === undefined) return undefined
  if (AllowOrigins.includes('*')) return '*'
  // `https://*` stands for all origins of that scheme.
  const fits = AllowOrigins.some((allowed) => allowed.toLowerCase() === origin.toLowerCase() || (allowed.endsWith('://*') && origin.startsWith(allowed.slice(0, -1))))
  return fits ? origin : undefined
}
