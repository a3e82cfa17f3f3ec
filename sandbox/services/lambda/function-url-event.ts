import { randomBytes } from 'node:crypto'
import type { Principal } from '../../operation'
import type { WireRequest, WireResponse } from '../../protocol/index'
import { urlHost } from './function-urls'

const TEXT = /^(text\/|application\/(json|javascript|xml|x-www-form-urlencoded|graphql)|[^;]*\+(json|xml)\b)/i
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/**
 * A request as the function gets it: payload format 2.0 (Lambda developer guide, "Invoking Lambda function URLs").
 * @param about.caller who signed the request; absent where it needs no signature
 */
export function urlEvent(request: WireRequest, about: { urlId: string; account: string; region: string; requestId: string; now: number; sourceIp: string; port: string; caller?: Principal }) {
  const { cookie, ...headers } = request.headers
  const query = Object.fromEntries([...new Set(request.query.keys())].map((key) => [key, request.query.getAll(key).join(',')]))
  const isText = TEXT.test(headers['content-type'] ?? 'text/plain')
  const traceId = `Root=1-${Math.floor(about.now / 1000).toString(16)}-${randomBytes(12).toString('hex')}`
  const { caller } = about
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: request.path,
    rawQueryString: request.query.toString(),
    ...(cookie === undefined ? {} : { cookies: cookie.split(/;\s*/) }),
    headers: { 'x-amzn-trace-id': traceId, ...headers, 'x-forwarded-for': about.sourceIp, 'x-forwarded-proto': 'http', 'x-forwarded-port': about.port },
    ...(Object.keys(query).length > 0 ? { queryStringParameters: query } : {}),
    requestContext: {
      accountId: caller ? about.account : 'anonymous',
      apiId: about.urlId,
      ...(caller ? { authorizer: { iam: { accessKey: caller.accessKeyId, accountId: caller.account, callerId: caller.userId, cognitoIdentity: null, principalOrgId: null, userArn: caller.arn, userId: caller.userId } } } : {}),
      domainName: urlHost(about.urlId, about.region),
      domainPrefix: about.urlId,
      http: { method: request.method, path: decoded(request.path), protocol: 'HTTP/1.1', sourceIp: about.sourceIp, userAgent: headers['user-agent'] ?? '' },
      requestId: about.requestId,
      routeKey: '$default',
      stage: '$default',
      time: clfTime(about.now),
      timeEpoch: about.now,
    },
    ...(request.body.length > 0 ? { body: request.body.toString(isText ? 'utf8' : 'base64') } : {}),
    isBase64Encoded: request.body.length > 0 && !isText,
  }
}

/**
 * What a function gave back as an HTTP answer: an object with `statusCode` is one, anything else is the body of a 200.
 * @returns undefined where the answer cannot be understood
 */
export function urlResponse(payload: Buffer): WireResponse | undefined {
  let value: any
  try {
    value = payload.length === 0 ? null : JSON.parse(payload.toString('utf8'))
  } catch {
    return undefined
  }
  const isAnswer = typeof value === 'object' && value !== null && value.statusCode !== undefined
  if (!isAnswer) return { status: 200, headers: { 'content-type': 'application/json' }, body: bodyOf(value, false) }
  const head = httpHead(value, 'application/json')
  return head && { ...head, body: bodyOf(value.body, value.isBase64Encoded === true) }
}

/** Status and headers of an answer; undefined where they cannot be understood. */
export function httpHead({ statusCode, headers = {}, cookies = [] }: any, contentType: string): Pick<WireResponse, 'status' | 'headers'> | undefined {
  const status = Number(statusCode)
  if (!Number.isInteger(status) || status < 200 || status > 599 || typeof headers !== 'object' || !Array.isArray(cookies)) return undefined
  // Some would break the framing of the answer; the sandbox reckons these itself.
  const given = Object.entries(headers ?? {}).filter(([name]) => !/^(content-length|transfer-encoding|connection)$/i.test(name))
  const valid = given.every(([name, text]) => /^[\w!#$%&'*+.^`|~-]+$/.test(name) && /^[^\r\n\0]*$/.test(String(text))) && cookies.every((text) => /^[^\r\n\0]*$/.test(String(text)))
  if (!valid) return undefined
  return {
    status,
    headers: {
      'content-type': contentType,
      ...Object.fromEntries(given.map(([name, text]) => [name.toLowerCase(), String(text)])),
      ...(cookies.length > 0 ? { 'set-cookie': cookies.map(String) } : {}),
    },
  }
}

function bodyOf(body: unknown, isBase64: boolean): Buffer {
  if (body === undefined || body === null) return Buffer.alloc(0)
  if (typeof body === 'string') return Buffer.from(body, isBase64 ? 'base64' : 'utf8')
  return Buffer.from(JSON.stringify(body))
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

/** `12/Mar/2020:19:03:58 +0000` */
function clfTime(now: number): string {
  const [date = '', time = ''] = new Date(now).toISOString().split('T')
  const [year, month, day] = date.split('-')
  return `${day}/${MONTHS[Number(month) - 1]}/${year}:${time.slice(0, 8)} +0000`
}
