import { Readable } from 'node:stream'
import { XmlCodec } from '@aws-sdk/core/protocols'
import { parseXML } from '@aws-sdk/xml-builder'
import { NormalizedSchema } from '@smithy/core/schema'
import type { StaticOperationSchema } from '@smithy/types'
import { AwsError } from '../errors'
import type { Service } from '../operation'
import type { WireError, WireRequest, WireResponse } from './index'
import { escape } from './query'
import { readText } from './read'
import { requiredMembers, validate } from './validate'

const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
/** Parameters of a presigned URL that are the signature's own, not headers that were moved into the query. */
const SIGNATURE = /^x-amz-(algorithm|credential|date|expires|signedheaders|signature|security-token)$/
/** S3 passes these over in a query: JavaScript's presigner puts there what an empty body has. */
const CHECKSUM = /^x-amz-(sdk-)?checksum-/
/** How the SDK's schemas say that a time is written (Smithy, "timestampFormat trait"). */
const DATE_TIME = 5
const EPOCH_SECONDS = 7

/**
 * Reads an input from path, query, headers and XML body, as the members' HTTP bindings say.
 * @throws AwsError MalformedXML, or InvalidArgument for what does not fit elsewhere
 */
export function readRestXml(service: Service, schema: StaticOperationSchema, labels: Record<string, string>, request: WireRequest): Record<string, unknown> {
  const shape = NormalizedSchema.of(schema[4])
  const headers = { ...movedHeaders(request.query), ...request.headers }
  const input: Record<string, unknown> = {}
  for (const [name, member] of shape.structIterator()) {
    const traits = member.getMergedTraits() as Record<string, any>
    const text = traits.httpLabel ? labels[name] : traits.httpQuery ? request.query.get(traits.httpQuery) : traits.httpHeader ? headers[(traits.httpHeader as string).toLowerCase()] : undefined
    if (text !== undefined && text !== null) {
      // An empty header or parameter is none.
      if (text !== '' || member.isStringSchema()) input[name] = argument(member, text, (traits.httpQuery ?? traits.httpHeader ?? name) as string)
    } else if (traits.httpPrefixHeaders) {
      const prefix = traits.httpPrefixHeaders as string
      const found = Object.entries(headers).filter(([header]) => header.startsWith(prefix))
      input[name] = Object.fromEntries(found.map(([header, value]) => [header.slice(prefix.length), value]))
    } else if (traits.httpPayload) {
      if (member.isBlobSchema()) input[name] = request.stream ?? Readable.from(request.body.length > 0 ? [request.body] : [])
      else if (member.isStringSchema()) input[name] = request.body.toString('utf8')
      else if (request.body.length > 0) input[name] = readXml(service, member, request.body.toString('utf8'))
      else if (requiredMembers(shape).has(name)) throw new AwsError('MissingRequestBodyError', 'Request Body is empty', 400)
    }
  }
  return input
}

function argument(member: NormalizedSchema, text: string, name: string): unknown {
  try {
    return readText(member, text, name)
  } catch {
    const message = member.isNumericSchema() ? `Provided ${name} not an integer or within integer range` : `Invalid value for ${name}`
    throw new AwsError('InvalidArgument', message, 400, { ArgumentName: name, ArgumentValue: text.slice(0, 200) })
  }
}

/** A presigner moves headers into the query, where they count as before. */
function movedHeaders(query: URLSearchParams): Record<string, string> {
  const moved: Record<string, string> = {}
  for (const [name, value] of query) {
    const header = name.toLowerCase()
    if (header.startsWith('x-amz-') && !SIGNATURE.test(header) && !CHECKSUM.test(header)) moved[header] = value
  }
  return moved
}

/** Reads an XML document into the value that the schema says; elements that it does not know are passed over. */
function readXml(service: Service, schema: NormalizedSchema, text: string): unknown {
  try {
    const [root] = Object.values(parseXML(text.replace(/^\ufeff/, '')) as Record<string, unknown>)
    const value = readElement(schema, root)
    validate(service, schema, value)
    return value
  } catch {
    throw new AwsError('MalformedXML', 'The XML you provided was not well-formed or did not validate against our published schema', 400)
  }
}

function readElement(schema: NormalizedSchema, element: unknown): unknown {
  if (schema.isStructSchema()) {
    const source = typeof element === 'object' && element !== null && !Array.isArray(element) ? (element as Record<string, unknown>) : {}
    const result: Record<string, unknown> = {}
    for (const [name, member] of schema.structIterator()) {
      const traits = member.getMergedTraits() as Record<string, any>
      const found = source[(traits.xmlName as string | undefined) ?? name]
      if (found === undefined) continue
      result[name] = member.isListSchema() ? readList(member, found, Boolean(traits.xmlFlattened)) : readElement(member, Array.isArray(found) ? found[0] : found)
    }
    return result
  }
  const text = typeof element === 'object' && element !== null ? String((element as Record<string, unknown>)['#text'] ?? '') : String(element ?? '')
  return readText(schema, schema.isStringSchema() ? text : text.trim(), '')
}

function readList(schema: NormalizedSchema, found: unknown, isFlat: boolean): unknown[] {
  const member = schema.getValueSchema()
  const itemName = (member.getMergedTraits().xmlName as string | undefined) ?? 'member'
  const items = isFlat ? found : typeof found === 'object' && found !== null ? (found as Record<string, unknown>)[itemName] : undefined
  return (items === undefined ? [] : [items].flat()).map((item) => readElement(member, item))
}

/** Writes an output to status, headers and XML body by the same bindings. */
export function writeRestXml(service: Service, schema: StaticOperationSchema, output: Record<string, unknown>): WireResponse {
  const shape = NormalizedSchema.of(schema[5])
  let status = (schema[3] as { http: [string, string, number] }).http[2]
  const headers: Record<string, string> = {}
  if (!shape.isStructSchema()) return { status, headers, body: Buffer.alloc(0) }
  let payload: Buffer | undefined
  let stream: Readable | undefined
  const inBody: string[] = []
  for (const [name, member] of shape.structIterator()) {
    const traits = member.getMergedTraits() as Record<string, any>
    const isInBody = !traits.httpHeader && !traits.httpPrefixHeaders && !traits.httpPayload
    if (isInBody) inBody.push(name)
    const value = output[name]
    if (value === undefined || value === null) continue
    if (traits.httpHeader) headers[(traits.httpHeader as string).toLowerCase()] = headerText(member, value)
    else if (traits.httpPrefixHeaders) {
      for (const [key, item] of Object.entries(value as Record<string, string>)) headers[(traits.httpPrefixHeaders as string) + key] = item
    } else if (traits.httpPayload && value instanceof Readable) stream = value
    else if (traits.httpPayload) payload = member.isBlobSchema() || member.isStringSchema() ? Buffer.from(value as string) : toXml(service, member, value)
  }
  // Of what an operation gives, only a part of an object has this header.
  if (headers['content-range'] !== undefined) status = 206
  if (stream) return { status, headers, body: Buffer.alloc(0), stream }
  const rootName = shape.getMergedTraits().xmlName as string | undefined
  if (inBody.length === 1 && inBody[0] === rootName) {
    const text = escape(String(output[rootName!] ?? ''))
    payload = Buffer.from(`${DECLARATION}<${rootName} xmlns="${service.xmlNamespace}">${text}</${rootName}>`)
  } else if (inBody.length > 0) payload = toXml(service, shape, output)
  if (payload && headers['content-type'] === undefined) headers['content-type'] = 'application/xml'
  return { status, headers, body: payload ?? Buffer.alloc(0) }
}

function headerText(member: NormalizedSchema, value: unknown): string {
  if (!(value instanceof Date)) return String(value)
  const format = member.getSchema() as unknown as number
  return format === DATE_TIME ? value.toISOString() : format === EPOCH_SECONDS ? String(value.getTime() / 1000) : value.toUTCString()
}

function toXml(service: Service, schema: NormalizedSchema, value: unknown): Buffer {
  const codec = new XmlCodec({ timestampFormat: { default: DATE_TIME, useTrait: true }, httpBindings: true, xmlNamespace: service.xmlNamespace!, serviceNamespace: '' })
  const serializer = codec.createSerializer()
  // Members that are headers must not be in the body too.
  const members = schema.isStructSchema() ? [...schema.structIterator()].filter(([, member]) => !member.getMergedTraits().httpHeader).map(([name]) => name) : []
  serializer.write(schema, Object.fromEntries(members.map((name) => [name, (value as Record<string, unknown>)[name]])))
  return Buffer.from(DECLARATION + String(serializer.flush()))
}

/** Writes an error as `<Error><Code>…`. */
export function writeRestXmlError(error: WireError, requestId: string, resource: string): WireResponse {
  const members = { Code: error.code, Message: error.message, ...error.members, Resource: resource, RequestId: requestId }
  const text = Object.entries(members).map(([name, value]) => `<${name}>${escape(String(value))}</${name}>`).join('')
  const hasBody = error.status !== 304
  return {
    status: error.status,
    headers: { ...error.headers, ...(hasBody ? { 'content-type': 'application/xml' } : {}) },
    body: Buffer.from(hasBody ? `${DECLARATION}<Error>${text}</Error>` : ''),
  }
}
