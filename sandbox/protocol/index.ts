import { Readable } from 'node:stream'
import { crc32 } from 'node:zlib'
import { NormalizedSchema } from '@smithy/core/schema'
import type { StaticOperationSchema } from '@smithy/types'
import { AwsError } from '../errors'
import type { RoutedService, Route } from '../route'
import { CBOR_HEADERS, encodeCbor, parseCbor, toCbor } from './cbor'
import { readQuery, writeQuery, writeQueryError } from './query'
import { readJson } from './read'
import { parseBody, readRestJson, toJson, writeRestJson } from './rest-json'
import { readRestXml, writeRestXml, writeRestXmlError } from './rest-xml'
import { validate } from './validate'

/** A request as it came, its body whole. */
export interface WireRequest {
  method: string
  /** As sent, percent-encoding and all. */
  path: string
  query: URLSearchParams
  /** The same as sent, without the question mark; only where the request came over HTTP. */
  rawQuery?: string
  /** Names in lower case; repeated headers joined by a comma. */
  headers: Record<string, string>
  /** Names as sent and values one by one, alternating; only where the request came over HTTP. */
  rawHeaders?: string[]
  body: Buffer
  /** The body where it is not read whole beforehand; `body` is empty then. */
  stream?: Readable
  /** Fields of a browser's form upload, names in lower case; `stream` is its file. */
  form?: Record<string, string>
}

/** In an output: the answer as it stands, where no schema tells how it is written. */
export const ANSWER = Symbol('answer')

export interface WireResponse {
  status: number
  /** Several values are sent as several headers (Set-Cookie). */
  headers: Record<string, string | string[]>
  body: Buffer
  /** Sent as it comes, in place of the body. */
  stream?: Readable
}

/**
 * Bytes to an operation's typed, validated input.
 * @throws AwsError SerializationException or the service's validation error
 */
export function readInput(target: Route, schema: StaticOperationSchema, request: WireRequest): Record<string, unknown> {
  const { service } = target
  const own = service.byName.get(target.name)?.readJson
  if (own) return own(parseBody(request.body))
  if (service.protocol === 'rest-xml') return readRestXml(service, schema, target.labels, request)
  const shape = NormalizedSchema.of(schema[4])
  const input =
    service.protocol === 'rest-json'
      ? readRestJson(schema, target.labels, request)
      : service.protocol === 'json' || service.protocol === 'cbor'
        ? ((readJson(shape, service.protocol === 'cbor' ? parseCbor(request.body) : parseBody(request.body)) ?? {}) as Record<string, unknown>)
        : { ...target.labels, ...readQuery(schema, isForm(request) ? new URLSearchParams(request.body.toString('utf8')) : request.query) }
  if (shape.isStructSchema()) validate(service, shape, input)
  return input
}

function isForm({ method, body }: WireRequest): boolean {
  return method === 'POST' && body.length > 0
}

/**
 * An operation's output to bytes.
 * @param isJson the output is the answer's JSON as it stands
 */
export function writeOutput(service: RoutedService, schema: StaticOperationSchema, output: Record<string, unknown>, requestId: string, isJson = false): WireResponse {
  if (service.protocol === 'rest-json') return writeRestJson(schema, output)
  if (service.protocol === 'rest-xml') return (output as { [ANSWER]?: WireResponse })[ANSWER] ?? writeRestXml(service, schema, output)
  if (service.protocol === 'query') return writeQuery(service, schema, output, requestId)
  const shape = NormalizedSchema.of(schema[5])
  const stream = Object.values(output).find((value) => value instanceof Readable)
  if (stream) return { status: 200, headers: { 'content-type': 'application/vnd.amazon.eventstream' }, body: Buffer.alloc(0), stream }
  if (service.protocol === 'cbor') return { status: 200, headers: { ...CBOR_HEADERS }, body: shape.isStructSchema() ? toCbor(shape, output) : encodeCbor({}) }
  const body = isJson ? Buffer.from(JSON.stringify(output)) : shape.isStructSchema() ? toJson(shape, output) : Buffer.alloc(0)
  return { status: 200, headers: { 'content-type': `application/x-amz-json-${service.jsonVersion ?? '1.1'}`, ...checksum(service, body) }, body }
}

/** What went wrong, as the client will see it. */
export interface WireError {
  code: string
  message: string
  status: number
  members: Record<string, unknown>
  headers?: Record<string, string>
  /** The code as Query clients know it, where the service is compatible with them. */
  queryCode?: string
}

/**
 * Tells code and status of anything thrown: an SDK exception class by its schema's traits, an AwsError by itself,
 * anything else as the sandbox's own fault (500, with no inner detail).
 */
export function describeError(service: RoutedService | undefined, error: unknown): WireError {
  if (error instanceof AwsError) {
    const { code, message, status, members, headers } = error
    const wire = { code, message, status, members, headers }
    return service?.isQueryCompatible ? compatible(service, wire, code.replace(/Exception$/, '')) : (service?.ownError?.(wire) ?? wire)
  }
  if (error instanceof Error && service) {
    const schema = service.sdk[`${error.name}$`] as unknown as [number, string, string, Record<string, any> | 0] | undefined
    if (schema?.[0] === -3) {
      const traits = schema[3] || {}
      const [queryCode, queryStatus] = (traits.awsQueryError as [string, number] | undefined) ?? []
      const { name: _name, message, stack: _stack, $fault: _fault, $metadata: _metadata, $retryable: _retryable, $response: _response, Message: _message, ...members } = error as Error & Record<string, unknown>
      const described = {
        code: service.protocol === 'query' ? (queryCode ?? error.name) : error.name,
        message,
        status: service.protocol === 'json' || service.protocol === 'cbor' ? (traits.error === 'server' ? 500 : 400) : ((service.protocol === 'query' ? queryStatus : undefined) ?? traits.httpError ?? (traits.error === 'server' ? 500 : 400)),
        members,
      }
      return service.isQueryCompatible ? compatible(service, described, queryCode ?? error.name) : described
    }
  }
  const code = service?.protocol === 'rest-xml' ? 'InternalError' : service?.protocol === 'query' ? 'ServiceFailure' : service?.name === 'lambda' ? 'ServiceException' : 'InternalFailure'
  return { code, message: 'The sandbox failed to process this request; its log says why.', status: 500, members: {} }
}

function compatible(service: RoutedService, error: WireError, queryCode: string): WireError {
  return service.protocol === 'query' ? { ...error, code: queryCode } : { ...error, queryCode }
}

/** An error to bytes in the service's protocol; where no service is known, in the form that the request's content type suggests. */
export function writeError(service: RoutedService | undefined, error: WireError, requestId: string, { path, headers }: Pick<WireRequest, 'path' | 'headers'>): WireResponse {
  if (service?.protocol === 'rest-xml') return writeRestXmlError(error, requestId, path)
  const contentType = headers['content-type'] ?? ''
  const isQuery = service ? service.protocol === 'query' : contentType.startsWith('application/x-www-form-urlencoded')
  if (isQuery) return writeQueryError(service, error.status, error.code, error.message, requestId)
  // REST-JSON carries the code in a header; JSON 1.1 in the body. Lambda spells its message with a capital letter.
  const isCbor = service?.protocol === 'cbor'
  const isRest = service?.protocol !== 'json' && !isCbor
  const messageName = service?.name === 'lambda' ? 'Message' : 'message'
  const type = service?.errorNamespace ? `${service.errorNamespace(error.code)}#${error.code}` : error.code
  const told = { ...(isRest ? {} : { __type: type }), ...error.members, [messageName]: error.message }
  const body = isCbor ? encodeCbor(told) : Buffer.from(JSON.stringify(told))
  return {
    status: error.status,
    headers: {
      'content-type': isRest ? 'application/json' : `application/x-amz-json-${service?.jsonVersion ?? '1.1'}`,
      ...(isCbor ? CBOR_HEADERS : {}),
      'x-amzn-errortype': error.code,
      ...(error.queryCode === undefined ? {} : { 'x-amzn-query-error': `${error.queryCode};${error.status >= 500 ? 'Receiver' : 'Sender'}` }),
      ...checksum(service, body),
    },
    body,
  }
}

function checksum(service: RoutedService | undefined, body: Buffer): Record<string, string> {
  return service?.hasCrc32 ? { 'x-amz-crc32': String(crc32(body)) } : {}
}
