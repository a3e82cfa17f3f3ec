import type { StaticOperationSchema } from '@smithy/types'
import type { Located, Operation, Service } from './operation'

/** A service with the tables that tell its operations apart. */
export interface RoutedService extends Service {
  byName: Map<string, Operation>
  /** Every operation that AWS has, by name, whether or not the sandbox has it. */
  schemas: Map<string, StaticOperationSchema>
  paths: PathRoute[]
  /** The same service as its Query clients see it, where it has such. */
  asQuery?: RoutedService
  /** … and as its CBOR clients see it. */
  asCbor?: RoutedService
}

interface PathRoute {
  method: string
  pattern: RegExp
  labels: string[]
  /** `?Action=x` style literals of the path template that the query must hold. */
  literals: [string, string][]
  name: string
  weight: number
}

/** Where a request goes: the service, the operation's name, and the labels of its path. */
export interface Route {
  service: RoutedService
  name: string
  labels: Record<string, string>
}

const OPERATION_SCHEMA = 9

/** Prepares a service for routing from the operation schemas that its SDK client exports. */
export function routed(service: Service): RoutedService {
  const schemas = new Map<string, StaticOperationSchema>()
  for (const exported of Object.values(service.sdk)) {
    if (Array.isArray(exported) && exported[0] === OPERATION_SCHEMA) {
      schemas.set(exported[2] as string, exported as unknown as StaticOperationSchema)
    }
  }
  const paths = service.protocol === 'rest-json' ? [...schemas.values()].map(pathRoute) : []
  paths.sort((a, b) => b.weight - a.weight)
  const prepared = { ...service, byName: new Map(service.operations.map((o) => [o.name, o])), schemas, paths }
  return {
    ...prepared,
    ...(service.isQueryCompatible ? { asQuery: { ...prepared, protocol: 'query' } } : {}),
    ...(service.takesCbor ? { asCbor: { ...prepared, protocol: 'cbor' } } : {}),
  }
}

function pathRoute(schema: StaticOperationSchema): PathRoute {
  const [method, template] = (schema[3] as { http: [string, string, number] }).http
  const [path = '', query = ''] = template.split('?')
  const labels: string[] = []
  const source = path.replace(/\{([^}+]+)(\+?)\}|[^{]+/g, (part, label?: string, greedy?: string) => {
    if (label === undefined) return part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    labels.push(label)
    return greedy ? '(.+)' : '([^/]+)'
  })
  const literals = [...new URLSearchParams(query)]
  // A literal segment tells more than a label, and a query literal more than none.
  const weight = path.replace(/\{[^}]+\}/g, '').length + literals.length * 1000
  return { method, pattern: new RegExp(`^${source.replace(/\/$/, '')}/?$`), labels, literals, name: schema[2], weight }
}

/** What of a request decides where it goes. */
export interface Routable extends Located {
  /** The signature's credential scope names the service. */
  signingName: string | undefined
  /** Fields of a form-encoded body; Query services name their action there. */
  form(): URLSearchParams
}

/**
 * Finds service and operation of a request, or undefined where nothing fits.
 * Services are told by signing scope, else by X-Amz-Target, else by the API version of a Query call, else by path.
 */
export function route(services: RoutedService[], request: Routable): Route | undefined {
  const target = request.headers['x-amz-target']
  const signingName = request.signingName ?? services.find((service) => service.isAtHost?.(request))?.name
  for (const service of services) {
    if (signingName !== undefined && service.name !== signingName) continue
    if (service.locate) {
      const found = service.locate(service.schemas, request)
      if (found) return { service, ...found }
    } else if (service.protocol === 'json') {
      // Some clients put a package in front: com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.LookupEvents.
      const [prefix, name] = target?.split('.').slice(-2) ?? []
      if (prefix === service.target && name) return { service, name, labels: {} }
      const [, cborTarget, cborName] = /^\/service\/([\w.]+)\/operation\/(\w+)$/.exec(request.path) ?? []
      if (service.asCbor && cborTarget === service.target && cborName) return { service: service.asCbor, name: cborName, labels: {} }
      const found = service.asQuery && routeQuery(service.asQuery, request)
      if (found) return found
    } else if (service.protocol === 'query') {
      const found = routeQuery(service, request)
      if (found) return found
    } else {
      for (const candidate of service.paths) {
        if (candidate.method !== request.method) continue
        const match = candidate.pattern.exec(request.path)
        if (!match || !candidate.literals.every(([key, value]) => request.query.get(key) === value)) continue
        const labels: Record<string, string> = {}
        try {
          candidate.labels.forEach((label, i) => (labels[label] = decodeURIComponent(match[i + 1] ?? '')))
        } catch {
          return undefined
        }
        return { service, name: candidate.name, labels }
      }
    }
  }
  return undefined
}

function routeQuery(service: RoutedService, request: Routable): Route | undefined {
  const isForm = request.headers['content-type']?.startsWith('application/x-www-form-urlencoded')
  const fields = request.method === 'POST' && isForm ? request.form() : request.query
  const name = fields.get('Action')
  if (!name || (request.signingName === undefined && fields.get('Version') !== service.apiVersion)) return undefined
  return { service, name, labels: service.pathInput?.(request.path) ?? {} }
}
