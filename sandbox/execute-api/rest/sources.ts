import { own } from '../../services/apigateway/errors'
import { allValues, lastValue, type Pairs } from '../pairs'
import type { Arrival } from './exchange'
import { jsonPath } from '../../json-path'

/** What a backend answered. */
export interface Answered {
  headers: Pairs
  body: Buffer
}

/**
 * The value behind a mapping expression: `'static'`, `method.request.…`, `integration.response.…`, `context.…`,
 * `stageVariables.…` (API Gateway developer guide, "Mapping data"); undefined where there is none.
 */
export function readSource(arrival: Arrival & { pathParameters?: Record<string, string> }, source: string, answered?: Answered): string | string[] | undefined {
  if (/^'.*'$/s.test(source)) return source.slice(1, -1)
  const [, kind, name = ''] = /^(method\.request\.[a-z]+|integration\.response\.[a-z]+|context|stageVariables)(?:\.(.+))?$/s.exec(source) ?? []
  switch (kind) {
    case 'method.request.header':
      return lastValue(arrival.headers, name, true)
    case 'method.request.multivalueheader':
      return some(allValues(arrival.headers, name, true))
    case 'method.request.querystring':
      return lastValue(arrival.query, name)
    case 'method.request.multivaluequerystring':
      return some(allValues(arrival.query, name))
    case 'method.request.path':
      return own(arrival.pathParameters, name)
    case 'method.request.body':
      return fromBody(arrival.body, name)
    case 'integration.response.header':
      return lastValue(answered?.headers ?? [], name, true)
    case 'integration.response.multivalueheader':
      return some(allValues(answered?.headers ?? [], name, true))
    case 'integration.response.body':
      return fromBody(answered?.body ?? Buffer.alloc(0), name)
    case 'stageVariables':
      return own(arrival.variables, name)
    case 'context':
      return asText(name.split('.').reduce<any>((value, key) => (typeof value === 'object' && value !== null ? own(value, key) : undefined), arrival.context))
    default:
      return undefined
  }
}

function fromBody(body: Buffer, path: string): string | undefined {
  const text = body.toString('utf8')
  if (path === '') return text
  try {
    return asText(jsonPath(JSON.parse(text), `$.${path}`))
  } catch {
    return undefined
  }
}

function some(values: string[]): string[] | undefined {
  return values.length > 0 ? values : undefined
}

function asText(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
