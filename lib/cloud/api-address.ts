/** Where a request to a deployed API goes: to the backend, under the host name that tells it which API is meant. */
export interface ApiAddress {
  /** The backend itself, with path and query: what to connect to and what to ask for. */
  url: URL
  /** The `Host` header, in which the backend reads the API. A signature has to cover it. */
  host: string
}

/** The stage of an HTTP API that its paths do not name. */
const DEFAULT_STAGE = '$default'
/** What an id of an API looks like. */
export const API_ID = /^[a-z0-9]{1,64}$/
/** What the endpoints answer for themselves under any host name. */
const INTERNAL = /^\/_(aws|localstack|worklab|ministack|moto)[a-z-]*(\/|$)/i

/**
 * Where to send a request for an API. The host name alone decides which API answers, so nothing in the path leads to
 * another one, and the connection never goes anywhere but to the endpoint.
 *
 * @param rest path and query behind the API's own host: it begins with the stage where the stage is not `$default`
 * @throws RangeError for an id that is none, or a path that the endpoint would take for one of its own
 */
export function addressOfApi(endpoint: string, apiId: string, rest: string): ApiAddress {
  const base = new URL(endpoint)
  if (!API_ID.test(apiId)) throw new RangeError(`"${apiId}" is no id of an API.`)
  const asked = new URL(`http://api.invalid${rest.startsWith('/') ? '' : '/'}${rest}`)
  if (INTERNAL.test(decoded(asked.pathname))) throw new RangeError(`"${asked.pathname}" is a path of the endpoint itself.`)
  return { url: new URL(`${base.origin}${asked.pathname}${asked.search}`), host: `${apiId}.execute-api.localhost${base.port === '' ? '' : `:${base.port}`}` }
}

/** Path and query of a request behind the API's host: with the stage in front, where paths name it. */
export function pathInStage(stage: string, path: string): string {
  const slashed = path.startsWith('/') ? path : `/${path}`
  return stage === DEFAULT_STAGE ? slashed : `/${stage}${slashed}`
}

/** The URL of a deployed API that any program on this machine can call, whether it resolves names under localhost or not. */
export function apiUrl(endpoint: string, apiId: string, stage: string, path: string): string {
  return `${endpoint}/_aws/execute-api/${apiId}${pathInStage(stage, path)}`
}

/**
 * Reads which API a URL calls: `http://{api}.execute-api.localhost:PORT/…`, `…/_aws/execute-api/{api}/…` or
 * `…/restapis/{api}/{stage}/_user_request_/…`. Undefined for any other host, port or path.
 */
export function readApiUrl(endpoint: string, url: URL): { apiId: string; rest: string } | undefined {
  const base = new URL(endpoint)
  if (url.protocol !== base.protocol || url.port !== base.port) return undefined
  const byHost = /^([a-z0-9]+)\.execute-api\.(?:[a-z0-9-]+\.)?localhost(?:\.localstack\.cloud)?$/.exec(url.hostname)
  if (byHost) return { apiId: byHost[1]!, rest: `${url.pathname}${url.search}` }
  if (!isSameHost(url.hostname, base.hostname)) return undefined
  const byPath = /^\/_aws\/execute-api\/([a-z0-9]+)(\/.*)?$/.exec(url.pathname)
  if (byPath) return { apiId: byPath[1]!, rest: `${byPath[2] ?? '/'}${url.search}` }
  const byUserRequest = /^\/restapis\/([a-z0-9]+)\/([^/]+)\/_user_request_(\/.*)?$/.exec(url.pathname)
  if (byUserRequest) return { apiId: byUserRequest[1]!, rest: `/${byUserRequest[2]}${byUserRequest[3] ?? '/'}${url.search}` }
  return undefined
}

function isSameHost(one: string, other: string): boolean {
  const loopback = (name: string) => /^(localhost|127(\.\d+){3}|\[::1\]|localhost\.localstack\.cloud)$/.test(name)
  return one === other || (loopback(one) && loopback(other))
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}
