import type { Route } from '@aws-sdk/client-apigatewayv2'
import type { Peer } from '../../handle'
import type { Principal } from '../../operation'
import type { WireRequest } from '../../protocol/index'
import type { Sandbox } from '../../sandbox'
import type { Definition, HttpApiRecord, StageRecord } from '../../services/apigatewayv2/records'
import type { Pairs } from '../pairs'

/** A request that came to a stage of an HTTP API. */
export interface Arrival {
  /** In the view of the API's account. */
  sandbox: Sandbox
  /** The same by the machine's clock, which signatures go by. */
  machine: Sandbox
  api: HttpApiRecord
  /** The deployment's snapshot. */
  definition: Definition
  stage: StageRecord
  variables: Record<string, string>
  method: string
  /** Path behind the stage, as sent. */
  path: string
  /** What `overwrite:path` of the integration made. */
  mappedPath?: string
  /** Stage (unless `$default`) and path, decoded. */
  rawPath: string
  domainName: string
  headers: Pairs
  query: Pairs
  /** The query as sent. */
  rawQuery: string
  body: Buffer
  /** The request as it came, for its signature. */
  signed: WireRequest
  peer: Peer
  requestId: string
  /** Epoch ms. */
  startedAt: number
  /** The part of `$context` that IAM reads. */
  context: { identity: { sourceIp: string; userAgent: string | null } }
  /** What the authorizer found, by payload format version. */
  authorizer?: Authorized
  /** Who signed the request, where the route asked for that. */
  caller?: Principal
  /** How the integration did. */
  integration?: Integrated
}

/** A request whose route is known. */
export interface Exchange extends Arrival {
  route: Route
  pathParameters: Record<string, string>
}

/** How an integration did, and how long that took, in ms. */
export interface Integrated {
  /** What the backend answered. */
  status?: number
  /** What Lambda answered, whatever the function said; of an HTTP backend the same as `status`. */
  serviceStatus?: number
  latency: number
}

/** What an authorizer found, as events of both formats and `$context.authorizer` have it. */
export interface Authorized {
  v1: Record<string, unknown>
  v2: Record<string, unknown>
  /** `$context.authorizer.NAME` */
  context: Record<string, unknown>
}

/** What goes back to the client. */
export interface Reply {
  status: number
  headers: Pairs
  body: Buffer
}

/** Ends a request with a response of API Gateway's own: `{"message":"Not Found"}`. */
export class HttpError extends Error {
  constructor(readonly status: number, message: string, readonly more: { headers?: Pairs; cause?: string } = {}) {
    super(message)
    this.name = 'HttpError'
  }

  reply(): Reply {
    return { status: this.status, headers: [['Content-Type', 'application/json'], ...(this.more.headers ?? [])], body: Buffer.from(JSON.stringify({ message: this.message })) }
  }
}

export const notFound = () => new HttpError(404, 'Not Found')
export const forbidden = (headers: Pairs = []) => new HttpError(403, 'Forbidden', { headers })
export const unauthorized = (headers: Pairs = []) => new HttpError(401, 'Unauthorized', { headers })
/** @param cause for the access log: `$context.integrationErrorMessage` */
export const unavailable = (cause: string) => new HttpError(503, 'Service Unavailable', { cause })
/** @param cause as of {@link unavailable} */
export const internal = (cause: string) => new HttpError(500, 'Internal Server Error', { cause })

/** `arn:aws:execute-api:us-east-1:123456789012:abc/prod/GET/pets/1`: the request as policies of invocations see it. */
export function requestArn({ api, stage, method, path }: Pick<Exchange, 'api' | 'stage' | 'method' | 'path'>): string {
  return `arn:aws:execute-api:${api.region}:${api.account}:${api.id}/${stage.StageName}/${method}/${path.replace(/^\//, '')}`
}

/** The same with the route's path, or `$default`: what a function's policy sees as `aws:SourceArn`. */
export function routeArn({ api, stage, method, route }: Exchange): string {
  const key = route.RouteKey === '$default' ? '$default' : `${method}/${route.RouteKey!.replace(/^\S+ \//, '')}`
  return `arn:aws:execute-api:${api.region}:${api.account}:${api.id}/${stage.StageName}/${key}`
}

/** A URI with `${stageVariables.name}` filled in. */
export function filled({ variables }: Pick<Exchange, 'variables'>, uri: string): string {
  return uri.replace(/\$\{stageVariables\.(\w+)\}/g, (_, name: string) => (Object.hasOwn(variables, name) ? variables[name]! : ''))
}

/** Percent-decoded; as it is where that cannot be done. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
