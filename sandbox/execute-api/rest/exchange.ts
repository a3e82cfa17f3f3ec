import type { Method } from '@aws-sdk/client-api-gateway'
import type { Peer } from '../../handle'
import type { WireRequest } from '../../protocol/index'
import type { Sandbox } from '../../sandbox'
import type { ApiResource, Definition, RestApiRecord, StageRecord } from '../../services/apigateway/records'
import type { Settings } from '../../services/apigateway/stages'
import type { Pairs } from '../pairs'
import type { LogLevel } from './execution-log'
import type { Outcome } from './outcome'

/** A request on its way through a REST API, before its method is known. */
export interface Arrival {
  /** In the view of the API's account. */
  sandbox: Sandbox
  /** The same by the machine's clock, which signatures go by. */
  machine: Sandbox
  api: RestApiRecord
  /** The deployment's snapshot. */
  definition: Definition
  stageName: string
  /** Absent for a test invocation. */
  stage?: StageRecord
  /** Stage variables, a canary's overrides included. */
  variables: Record<string, string>
  httpMethod: string
  /** Path behind the stage, as sent. */
  path: string
  headers: Pairs
  query: Pairs
  body: Buffer
  /** The request as it came, for its signature; absent for a test invocation. */
  signed?: WireRequest
  peer: Peer
  /** `$context` of mapping templates; authorizer and error are filled in on the way. */
  context: Record<string, any>
  /** `X-Amzn-Trace-Id`: the client's, or a new one. */
  traceId: string
  outcome: Outcome
  /** Adds a line to the execution log, `info` where no level is given. */
  log(line: string, level?: LogLevel): void
}

/** The same with its method. */
export interface Exchange extends Arrival {
  resource: ApiResource
  method: Method
  pathParameters: Record<string, string>
  /** What the stage settled for the method. */
  settings?: Settings
}

/** What goes back to the client. */
export interface Reply {
  status: number
  headers: Pairs
  body: Buffer
}

/** `arn:aws:execute-api:us-east-1:123456789012:abc/prod/GET/pets/1`: what policies of invocations speak of. */
export function methodArn({ api, stageName, httpMethod, path }: Pick<Arrival, 'api' | 'stageName' | 'httpMethod' | 'path'>): string {
  return `arn:aws:execute-api:${api.region}:${api.account}:${api.id}/${stageName}/${httpMethod}/${path.replace(/^\//, '')}`
}

/** Whether a body of that type is bytes to this API. */
export function isBinary(definition: Definition, contentType: string | undefined): boolean {
  const type = (contentType ?? '').split(';')[0]!.trim().toLowerCase()
  return definition.binaryMediaTypes.some((media) => {
    const wanted = media.toLowerCase()
    return wanted === '*/*' || wanted === type || (wanted.endsWith('/*') && type.startsWith(wanted.slice(0, -1)))
  })
}
