import type { Route } from '@aws-sdk/client-apigatewayv2'
import { parseRouteKey } from '../../services/apigatewayv2/routes'
import type { Definition } from '../../services/apigatewayv2/records'
import { decoded } from './exchange'

/** Where a request goes, with the values of the path's variables. */
export interface Selected {
  route: Route
  pathParameters: Record<string, string>
}

interface Candidate extends Selected {
  /** One character for each segment: literal, variable, greedy; the method behind them. Smaller is more specific. */
  rank: string
}

/**
 * Selects the route that fits best: a full match, then a greedy variable, then `$default`; of two with the same path the
 * one that names the method goes before ANY (HTTP API developer guide, "Routing API requests").
 * @param path as sent, behind the stage
 */
export function selectRoute({ routes }: Definition, method: string, path: string): Selected | undefined {
  const segments = path.split('/').slice(1)
  const found: Candidate[] = []
  let fallback: Selected | undefined
  for (const route of Object.values(routes)) {
    const key = parseRouteKey(route.RouteKey!)
    if (!key) fallback = { route, pathParameters: {} }
    else if (key.method === method || key.method === 'ANY') {
      const match = fit(key.path.split('/').slice(1), segments)
      if (match) found.push({ route, pathParameters: match.parameters, rank: `${match.rank}${key.method === 'ANY' ? 1 : 0}` })
    }
  }
  found.sort((a, b) => (a.rank < b.rank ? -1 : 1))
  return found[0] ?? fallback
}

function fit(wanted: string[], segments: string[]): { parameters: Record<string, string>; rank: string } | undefined {
  const parameters: Record<string, string> = {}
  let rank = ''
  for (const [i, part] of wanted.entries()) {
    const [, name, greedy] = /^\{(.+?)(\+?)\}$/.exec(part) ?? []
    const segment = segments[i]
    if (segment === undefined) return undefined
    if (name === undefined) {
      if (part !== decoded(segment)) return undefined
      rank += '0'
    } else if (greedy) {
      const rest = segments.slice(i).map(decoded).join('/')
      return rest === '' ? undefined : { parameters: { ...parameters, [name]: rest }, rank: `${rank}2` }
    } else {
      if (segment === '') return undefined
      parameters[name] = decoded(segment)
      rank += '1'
    }
  }
  return wanted.length === segments.length ? { parameters, rank } : undefined
}
