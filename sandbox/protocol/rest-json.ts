import { Readable } from 'node:stream'
import { JsonCodec } from '@aws-sdk/core/protocols'
import { NormalizedSchema } from '@smithy/core/schema'
import type { StaticOperationSchema } from '@smithy/types'
import { AwsError } from '../errors'
import type { WireRequest, WireResponse } from './index'
import { readJson, readText } from './read'

/** The JSON form of shapes as REST-JSON and JSON 1.1 write it: epoch seconds, base64. */
export const jsonCodec = new JsonCodec({ timestampFormat: { default: 7, useTrait: true }, jsonName: true })
jsonCodec.setSerdeContext({
  base64Encoder: (bytes: Uint8Array | string) => Buffer.from(bytes as Uint8Array).toString('base64'),
  utf8Encoder: (bytes: Uint8Array | string) => Buffer.from(bytes as Uint8Array).toString('utf8'),
} as never)

/** Parses a JSON body. @throws AwsError SerializationException where it is not a JSON object */
export function parseBody(body: Buffer): Record<string, unknown> {
  if (body.length === 0) return {}
  let value: unknown
  try {
    value = JSON.parse(body.toString('utf8'))
  } catch (error) {
    throw new AwsError('SerializationException', `The body is not valid JSON: ${(error as Error).message}`)
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new AwsError('SerializationException', 'The body must be a JSON object')
  }
  return value as Record<string, unknown>
}

/** Reads an input from path, query, headers and body, as the members' HTTP bindings say (Smithy, "HTTP binding traits"). */
export function readRestJson(schema: StaticOperationSchema, labels: Record<string, string>, request: WireRequest): Record<string, unknown> {
  const shape = NormalizedSchema.of(schema[4])
  const input: Record<string, unknown> = {}
  const inBody: [string, NormalizedSchema][] = []
  for (const [name, member] of shape.structIterator()) {
    const traits = member.getMergedTraits() as Record<string, any>
    if (traits.httpLabel) {
      if (labels[name] !== undefined) input[name] = readText(member, labels[name], name)
    } else if (traits.httpQuery) {
      const values = request.query.getAll(traits.httpQuery)
      if (values.length === 0) continue
      input[name] = member.isListSchema()
        ? values.map((value) => readText(member.getValueSchema(), value, name))
        : readText(member, values[0]!, name)
    } else if (traits.httpQueryParams) {
      input[name] = Object.fromEntries(request.query)
    } else if (traits.httpHeader) {
      const value = request.headers[(traits.httpHeader as string).toLowerCase()]
      if (value !== undefined) input[name] = readText(member, value, name)
    } else if (traits.httpPayload) {
      if (member.isBlobSchema() || member.isStringSchema()) input[name] = request.body
      else input[name] = readJson(member, parseBody(request.body))
    } else inBody.push([name, member])
  }
  if (inBody.length > 0) {
    const body = parseBody(request.body)
    for (const [name, member] of inBody) {
      const wireName = (member.getMergedTraits().jsonName as string | undefined) ?? name
      const value = readJson(member, Object.hasOwn(body, wireName) ? body[wireName] : undefined, name.charAt(0).toLowerCase() + name.slice(1))
      if (value !== undefined) input[name] = value
    }
  }
  return input
}

/** Writes an output to status, headers and body by the same bindings. */
export function writeRestJson(schema: StaticOperationSchema, output: Record<string, unknown>): WireResponse {
  const shape = NormalizedSchema.of(schema[5])
  let status = (schema[3] as { http: [string, string, number] }).http[2]
  const headers: Record<string, string> = { 'content-type': 'application/json' }
  if (!shape.isStructSchema()) return { status, headers, body: Buffer.alloc(0) }
  const rest: Record<string, unknown> = {}
  let payload: Buffer | undefined
  let stream: Readable | undefined
  for (const [name, member] of shape.structIterator()) {
    const value = output[name]
    if (value === undefined || value === null) continue
    const traits = member.getMergedTraits() as Record<string, any>
    if (traits.httpResponseCode) status = value as number
    else if (traits.httpHeader) headers[(traits.httpHeader as string).toLowerCase()] = String(value)
    else if (traits.httpPayload && value instanceof Readable) stream = value
    else if (traits.httpPayload) {
      payload = member.isBlobSchema() || member.isStringSchema() ? Buffer.from(value as Uint8Array) : toJson(member, value)
    } else rest[name] = value
  }
  if (status === 204) return { status, headers: {}, body: Buffer.alloc(0) }
  if (stream) return { status, headers, body: Buffer.alloc(0), stream }
  return { status, headers, body: payload ?? toJson(shape, rest) }
}

/** Serialises a value to JSON by its schema. */
export function toJson(schema: NormalizedSchema, value: unknown): Buffer {
  const serializer = jsonCodec.createSerializer()
  serializer.write(schema, value)
  return Buffer.from(serializer.flush())
}
