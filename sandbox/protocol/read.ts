import { NormalizedSchema } from '@smithy/core/schema'
import { AwsError } from '../errors'

/**
 * Reads a JSON value into an operation's typed input by the SDK's schema: base64 to bytes, numbers and strings to dates.
 * Members that the schema does not know are passed over, as AWS does.
 * @throws AwsError SerializationException where a value has the wrong type, naming its path
 */
export function readJson(schema: NormalizedSchema, value: unknown, path = ''): unknown {
  if (value === null || value === undefined) return undefined
  if (schema.isDocumentSchema()) return value
  if (schema.isStructSchema()) {
    if (typeof value !== 'object' || Array.isArray(value)) throw wrongType(path, 'an object', value)
    const source = value as Record<string, unknown>
    const result: Record<string, unknown> = {}
    for (const [name, member] of schema.structIterator()) {
      const wireName = (member.getMergedTraits().jsonName as string | undefined) ?? name
      if (!Object.hasOwn(source, wireName)) continue
      const read = readJson(member, source[wireName], join(path, name))
      if (read !== undefined) result[name] = read
    }
    return result
  }
  if (schema.isListSchema()) {
    if (!Array.isArray(value)) throw wrongType(path, 'a list', value)
    const member = schema.getValueSchema()
    return value.map((item, i) => readJson(member, item, `${path}.${i + 1}.member`))
  }
  if (schema.isMapSchema()) {
    if (typeof value !== 'object' || Array.isArray(value)) throw wrongType(path, 'a map', value)
    const member = schema.getValueSchema()
    const entries = Object.entries(value as object).map(([key, item]) => [key, readJson(member, item, join(path, key))])
    return Object.fromEntries(entries)
  }
  if (schema.isStringSchema()) {
    if (typeof value !== 'string') throw wrongType(path, 'a string', value)
    return value
  }
  if (schema.isBooleanSchema()) {
    if (typeof value !== 'boolean') throw wrongType(path, 'true or false', value)
    return value
  }
  if (schema.isNumericSchema() || schema.isBigIntegerSchema() || schema.isBigDecimalSchema()) {
    if (typeof value !== 'number' || !Number.isFinite(value)) throw wrongType(path, 'a number', value)
    return value
  }
  if (schema.isBlobSchema()) {
    if (typeof value !== 'string' || !isBase64(value)) throw wrongType(path, 'base64 text', value)
    return Buffer.from(value, 'base64')
  }
  if (schema.isTimestampSchema()) return readDate(value, path)
  return value
}

/**
 * Reads text (a path label, a header, a query parameter, a form field) into the value that the schema says.
 * @throws AwsError SerializationException where the text is not of that type
 */
export function readText(schema: NormalizedSchema, text: string, path: string): unknown {
  if (schema.isBooleanSchema()) {
    if (text !== 'true' && text !== 'false') throw wrongType(path, 'true or false', text)
    return text === 'true'
  }
  if (schema.isNumericSchema()) {
    const value = Number(text)
    if (text.trim() === '' || !Number.isFinite(value)) throw wrongType(path, 'a number', text)
    return value
  }
  if (schema.isTimestampSchema()) return readDate(text, path)
  if (schema.isBlobSchema()) {
    if (!isBase64(text)) throw wrongType(path, 'base64 text', text)
    return Buffer.from(text, 'base64')
  }
  if (schema.isListSchema()) {
    const member = schema.getValueSchema()
    return text.split(',').map((item) => readText(member, item.trim(), path))
  }
  return text
}

/** Names a member at the end of a path, first letter small, as AWS's messages do. */
export function join(path: string, name: string): string {
  const small = name.charAt(0).toLowerCase() + name.slice(1)
  return path === '' ? small : `${path}.${small}`
}

function isBase64(text: string): boolean {
  return text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text)
}

function readDate(value: unknown, path: string): Date {
  const seconds = typeof value === 'number' || /^-?\d+(\.\d+)?$/.test(String(value)) ? Number(value) : undefined
  const date = new Date(seconds === undefined ? String(value) : seconds * 1000)
  if (Number.isNaN(date.getTime())) throw wrongType(path, 'a time', value)
  return date
}

function wrongType(path: string, wanted: string, value: unknown): AwsError {
  const found = Array.isArray(value) ? 'a list' : value !== null && typeof value === 'object' ? 'an object' : JSON.stringify(value)?.slice(0, 60)
  return new AwsError('SerializationException', `${path || 'The body'} must be ${wanted}, not ${found}`)
}
