import type { WireRequest } from '../protocol/index'

/** Which deployed API a request is for. */
export interface ApiAddress {
  /** Id of the API, REST or HTTP. */
  apiId: string
  /** `abc123.execute-api.localhost`: the host that the API sees itself under. */
  domainName: string
  /** The path behind what named the API, percent-encoding and all: it begins with the stage, where the API has stages in its path. */
  rest: string
  /** The path as the client sent it, where a custom domain name leads to the API. */
  sentPath?: string
}

const HOST = /^([a-z0-9]+)\.execute-api\.(?:[a-z0-9-]+\.)?(?:localhost(?:\.localstack\.cloud)?|amazonaws\.com)(?::\d+)?$/
const PATH = /^\/_aws\/execute-api\/([a-z0-9]+)(\/.*)?$/
const USER_REQUEST = /^\/restapis\/([a-z0-9]+)\/([^/]+)\/_user_request_(\/.*)?$/

/**
 * Tells a request for a deployed API from a call to AWS: by the host `{api}.execute-api.localhost`, or, for clients that
 * cannot resolve such a name, by the paths `/_aws/execute-api/{api}/{stage}/…` and `/restapis/{api}/{stage}/_user_request_/…`.
 */
export function addressOf({ path, headers }: Pick<WireRequest, 'path' | 'headers'>): ApiAddress | undefined {
  const host = (headers.host ?? '').toLowerCase()
  const byHost = HOST.exec(host)
  if (byHost) return { apiId: byHost[1]!, domainName: host.replace(/:\d+$/, ''), rest: path }
  const byPath = PATH.exec(path)
  if (byPath) return { apiId: byPath[1]!, domainName: domainOf(byPath[1]!), rest: byPath[2] ?? '/' }
  const byUserRequest = USER_REQUEST.exec(path)
  if (byUserRequest) return { apiId: byUserRequest[1]!, domainName: domainOf(byUserRequest[1]!), rest: `/${byUserRequest[2]}${byUserRequest[3] ?? '/'}` }
  return undefined
}

function domainOf(apiId: string): string {
  return `${apiId}.execute-api.localhost`
}
