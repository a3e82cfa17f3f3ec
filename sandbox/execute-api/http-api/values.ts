import { own } from '../../services/apigateway/errors'
import { allValues, type Pairs } from '../pairs'
import { jsonPath } from '../../json-path'
import { requestTime } from './event'
import type { Arrival, Exchange } from './exchange'

/** Bytes of a body that a JSONPath is applied to. */
const MOST_SEARCHED = 102_400

/** What a backend answered, for response parameters. */
export interface Answered {
  status: number
  headers: Pairs
  body: Buffer
}

/**
 * The value behind one variable such as `request.header.name`, `request.body.a.b`, `context.requestId`,
 * `stageVariables.x` or `response.header.name` (HTTP API developer guide, "Parameter mapping"); undefined where there is none.
 */
export function readVariable(exchange: Arrival & Partial<Exchange>, variable: string, answered?: Answered): string | undefined {
  const [, kind, name = ''] = /^(request|response)\.(.+)$/s.exec(variable) ?? []
  if (kind === 'request') return fromRequest(exchange, name)
  if (kind === 'response') return answered && fromResponse(answered, name)
  const [, group, key = ''] = /^(context|stageVariables)\.(.+)$/s.exec(variable) ?? []
  if (group === 'stageVariables') return own(exchange.variables, key)
  if (group === 'context') return asText(own(contextOf(exchange), key))
  return undefined
}

/**
 * A mapping's value: text with `${request.path}` and the like filled in, or one variable as a whole, `$request.path`.
 */
export function fillIn(exchange: Arrival & Partial<Exchange>, template: string, answered?: Answered): string {
  if (/^\$(?:[a-z][\w.-]*|(?:request|response)\.body\.[^\s${}]+)$/i.test(template)) return readVariable(exchange, template.slice(1), answered) ?? ''
  return template.replace(/\$\{([^}]+)\}|\$((?:request|response|context|stageVariables)\.[\w.-]*\w)/g, (_, braced?: string, bare?: string) => readVariable(exchange, (braced ?? bare)!, answered) ?? '')
}

function fromRequest({ headers, query, path, pathParameters, body }: Arrival & Partial<Exchange>, name: string): string | undefined {
  if (name === 'path') return path
  const [, kind, key = ''] = /^(header|querystring|path|body)(?:\.(.+))?$/s.exec(name) ?? []
  switch (kind) {
    case 'header':
      return joined(allValues(headers, key, true))
    case 'querystring':
      return joined(allValues(query, key))
    case 'path':
      return own(pathParameters, key)
    case 'body':
      return fromBody(body, key)
    default:
      return undefined
  }
}

function fromResponse({ status, headers, body }: Answered, name: string): string | undefined {
  if (name === 'statuscode') return String(status)
  const [, kind, key = ''] = /^(header|body)(?:\.(.+))?$/s.exec(name) ?? []
  if (kind === 'header') return joined(allValues(headers, key, true))
  return kind === 'body' ? fromBody(body, key) : undefined
}

/** The whole body, or what a JSONPath without recursion finds in its beginning. */
function fromBody(body: Buffer, path: string): string | undefined {
  if (path === '') return body.toString('utf8')
  if (`.${path}`.includes('..')) return undefined
  try {
    return asText(jsonPath(JSON.parse(body.subarray(0, MOST_SEARCHED).toString('utf8')), `$.${path}`))
  } catch {
    return undefined
  }
}

/** `$context` of HTTP APIs, names flat (HTTP API developer guide, "Customizing HTTP API access logs"). */
function contextOf({ api, domainName, route, method, rawPath, requestId, stage, startedAt, context, caller, authorizer }: Arrival & Partial<Exchange>): Record<string, unknown> {
  return {
    accountId: api.account,
    apiId: api.id,
    domainName,
    domainPrefix: domainName.split('.')[0],
    extendedRequestId: requestId,
    httpMethod: method,
    'identity.sourceIp': context.identity.sourceIp,
    'identity.userAgent': context.identity.userAgent,
    'identity.accountId': caller?.account,
    'identity.caller': caller?.userId,
    'identity.user': caller?.userId,
    'identity.userArn': caller?.arn,
    path: rawPath,
    protocol: 'HTTP/1.1',
    requestId,
    requestTime: requestTime(startedAt),
    requestTimeEpoch: startedAt,
    routeKey: route?.RouteKey,
    stage: stage.StageName,
    ...Object.fromEntries(Object.entries(authorizer?.context ?? {}).map(([name, value]) => [`authorizer.${name}`, value])),
  }
}

function joined(values: string[]): string | undefined {
  return values.length > 0 ? values.join(',') : undefined
}

function asText(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
