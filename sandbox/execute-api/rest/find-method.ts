import type { Method } from '@aws-sdk/client-api-gateway'
import type { ApiResource, Definition } from '../../services/apigateway/records'

/** Where a request goes, with the values of the path's variables. */
export interface FoundMethod {
  resource: ApiResource
  method: Method
  pathParameters: Record<string, string>
}

/**
 * Finds the method of a path: a literal segment goes before a variable, a variable before `{proxy+}`, the method itself
 * before ANY. A resource that fits but lacks the method gives way to a greedy one.
 */
export function findMethod({ resources }: Definition, path: string, httpMethod: string): FoundMethod | undefined {
  const segments = path.split('/').filter((segment, i, all) => segment !== '' || (i > 0 && i < all.length - 1))
  const children = childrenOf(resources)
  const walk = (resource: ApiResource, depth: number, parameters: Record<string, string>): FoundMethod | undefined => {
    if (depth === segments.length) {
      const method = resource.methods[httpMethod] ?? resource.methods.ANY
      if (method) return { resource, method, pathParameters: parameters }
    }
    for (const child of children.get(resource.id) ?? []) {
      const name = /^\{(.+?)\+?\}$/.exec(child.pathPart!)?.[1]
      if (rank(child) === GREEDY) {
        if (depth >= segments.length) continue
        const found = walk(child, segments.length, { ...parameters, [name!]: segments.slice(depth).map(decoded).join('/') })
        if (found) return found
      } else if (depth < segments.length && (name !== undefined || child.pathPart === decoded(segments[depth]!))) {
        const found = walk(child, depth + 1, name === undefined ? parameters : { ...parameters, [name]: decoded(segments[depth]!) })
        if (found) return found
      }
    }
    return undefined
  }
  const root = children.get(undefined)?.[0]
  return root && walk(root, 0, {})
}

const trees = new WeakMap<Definition['resources'], Map<string | undefined, ApiResource[]>>()

/** Resources by their parent, the most specific first. Snapshots never change, so each is sorted once. */
function childrenOf(resources: Definition['resources']): Map<string | undefined, ApiResource[]> {
  let children = trees.get(resources)
  if (!children) {
    children = new Map()
    for (const resource of Object.values(resources)) children.set(resource.parentId, [...(children.get(resource.parentId) ?? []), resource])
    for (const siblings of children.values()) siblings.sort((a, b) => rank(a) - rank(b))
    trees.set(resources, children)
  }
  return children
}

const GREEDY = 2

function rank({ pathPart = '' }: ApiResource): number {
  if (pathPart.endsWith('+}')) return GREEDY
  return pathPart.startsWith('{') ? 1 : 0
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}
