import type { MessageAttributeValue } from '@aws-sdk/client-sqs'
import { invalidParameter } from './errors'
import type { StoredAttribute } from './records'

const MOST = 10

/**
 * Checks message attributes and brings them to the form in which they are kept.
 * @throws InvalidParameterValue in SQS's words
 */
export function readAttributes(given: Record<string, MessageAttributeValue> | undefined): Record<string, StoredAttribute> | undefined {
  const entries = Object.entries(given ?? {})
  if (entries.length === 0) return undefined
  if (entries.length > MOST) throw invalidParameter(`Number of message attributes [${entries.length}] exceeds the allowed maximum [${MOST}].`)
  return Object.fromEntries(entries.map(([name, value]) => [name, readAttribute(name, value)]))
}

function readAttribute(name: string, { DataType = '', StringValue, BinaryValue }: MessageAttributeValue): StoredAttribute {
  if (!/^[\w.-]{1,256}$/.test(name) || /^\.|\.$|\.\.|^(aws|amazon)\./i.test(name)) {
    throw invalidParameter(`Can only include alphanumeric characters, hyphens, underscores, or periods; a name must not start with AWS. or Amazon. ('${name.slice(0, 256)}')`)
  }
  const [kind] = DataType.split('.')
  if (kind !== 'String' && kind !== 'Number' && kind !== 'Binary') {
    throw invalidParameter(`The type of message (user) attribute '${name}' is invalid. You must use only the following supported type prefixes: Binary, Number, String.`)
  }
  const value = kind === 'Binary' ? BinaryValue : StringValue
  const isEmpty = value === undefined || value.length === 0
  if (isEmpty) throw invalidParameter(`Message (user) attribute '${name}' must contain a non-empty value of type '${kind}'.`)
  if (kind === 'Number' && !(StringValue!.trim() !== '' && Number.isFinite(Number(StringValue)))) {
    throw invalidParameter(`Can't cast the value of message (user) attribute '${name}' to a number.`)
  }
  return kind === 'Binary' ? { DataType, BinaryValue: Buffer.from(BinaryValue!).toString('base64') } : { DataType, StringValue: StringValue! }
}

/** Kept attributes as a receiver gets them. */
export function writeAttributes(kept: Record<string, StoredAttribute>): Record<string, MessageAttributeValue> {
  return Object.fromEntries(
    Object.entries(kept).map(([name, { BinaryValue, ...value }]) => [name, BinaryValue === undefined ? value : { ...value, BinaryValue: Buffer.from(BinaryValue, 'base64') }]),
  )
}

/** Bytes that attributes add to a message. */
export function sizeOf(attributes: Record<string, StoredAttribute> = {}): number {
  return Object.entries(attributes).reduce(
    (sum, [name, { DataType, StringValue, BinaryValue }]) => sum + Buffer.byteLength(name) + Buffer.byteLength(DataType) + (StringValue === undefined ? Buffer.byteLength(BinaryValue ?? '', 'base64') : Buffer.byteLength(StringValue)),
    0,
  )
}
