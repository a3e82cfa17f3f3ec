import type { Integration } from '@aws-sdk/client-api-gateway'
import { own } from '../../services/apigateway/errors'
import { lastValue, type Pairs } from '../pairs'
import type { Exchange } from './exchange'
import { readSource } from './sources'

/** The headers of a call that is not passed through, before any are mapped. */
export function ownHeaders({ api, headers, traceId }: Exchange): Pairs {
  return [
    ['Accept', lastValue(headers, 'accept', true) ?? 'application/json'],
    ['Content-Type', lastValue(headers, 'content-type', true) ?? 'application/json'],
    ['User-Agent', `AmazonAPIGateway_${api.id}`],
    ['x-amzn-apigateway-api-id', api.id],
    ['X-Amzn-Trace-Id', traceId],
  ]
}

/** The integration's URI with stage variables and path variables filled in, the latter percent-encoded. */
export function filledUri(exchange: Exchange, { uri = '', requestParameters = {} }: Integration): string {
  const mapped = mappedFor(exchange, requestParameters, 'path').map(([name, values]) => [name, values.join(',')])
  const path: Record<string, string> = { ...exchange.pathParameters, ...Object.fromEntries(mapped), ...overrides(exchange, 'path') }
  return uri
    .replace(/\$\{stageVariables\.(\w+)\}/g, (_, name: string) => own(exchange.variables, name) ?? '')
    .replace(/\{([^}+]+)\+?\}/g, (_, name: string) => (own(path, name) ?? '').split('/').map(encodeURIComponent).join('/'))
}

/** The query parameters that are mapped, or set by a template in place of those. */
export function mappedQuery(exchange: Exchange, { requestParameters = {} }: Integration): Pairs {
  const set = overrides(exchange, 'querystring')
  const mapped = mappedFor(exchange, requestParameters, 'querystring').filter(([name]) => own(set, name) === undefined)
  return [...mapped.flatMap(([name, values]) => values.map((value): [string, string] => [name, value])), ...Object.entries(set)]
}

/** Headers with those that are mapped, or set by a template, in place of the ones of the same name. */
export function mappedHeaders(exchange: Exchange, { requestParameters = {} }: Integration, given: Pairs): Pairs {
  const mapped = mappedFor(exchange, requestParameters, 'header').map(([name, values]): [string, string] => [name, values.join(',')])
  return [...mapped, ...Object.entries(overrides(exchange, 'header'))].reduce<Pairs>((headers, [name, value]) => [...headers.filter(([other]) => other.toLowerCase() !== name.toLowerCase()), [name, value]], given)
}

function mappedFor(exchange: Exchange, parameters: Record<string, string>, place: 'path' | 'querystring' | 'header'): [name: string, values: string[]][] {
  const start = `integration.request.${place}.`
  return Object.entries(parameters).flatMap(([name, source]): [string, string[]][] => {
    const value = name.startsWith(start) ? readSource(exchange, source) : undefined
    return value === undefined ? [] : [[name.slice(start.length), [value].flat()]]
  })
}

/** What a template set (`$context.requestOverride`): it goes before what is mapped. */
function overrides({ context }: Exchange, place: 'path' | 'querystring' | 'header'): Record<string, string> {
  return Object.fromEntries(Object.entries(context.requestOverride[place] as object).map(([name, value]) => [name, [value].flat().join(',')]))
}
