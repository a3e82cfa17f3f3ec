import type { MessageAttributeValue } from '@aws-sdk/client-sns'
import type { StoredAttribute } from '../sqs/records'
import { invalidValue } from './errors'

const KINDS = ['Binary', 'Number', 'String']

/** Checks message attributes and brings them to the form in which they are kept. @throws ParameterValueInvalid in SNS's words */
export function readAttributes(given: Record<string, MessageAttributeValue> | undefined): Record<string, StoredAttribute> {
  return Object.fromEntries(Object.entries(given ?? {}).map(([name, value]) => [name, readAttribute(name, value)]))
}

function readAttribute(name: string, { DataType = '', StringValue, BinaryValue }: MessageAttributeValue): StoredAttribute {
  if (!/^[\w.-]{1,256}$/.test(name) || /^\.|\.$|\.\./.test(name) || /^(aws|amazon)\./i.test(name)) throw invalidValue(`The message attribute name '${name.slice(0, 256)}' is invalid: letters, digits, hyphens, underscores and single periods, not beginning with AWS. or Amazon.`)
  const [kind = ''] = DataType.split('.')
  if (DataType === '') throw invalidValue(`The message attribute '${name}' must contain non-empty message attribute type.`)
  if (!KINDS.includes(kind)) throw invalidValue(`The message attribute '${name}' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.`)
  const value = kind === 'Binary' ? BinaryValue : StringValue
  if (value === undefined || value.length === 0) throw invalidValue(`The message attribute '${name}' must contain non-empty message attribute value for message attribute type '${kind}'.`)
  if (kind === 'Number' && !(StringValue!.trim() !== '' && Number.isFinite(Number(StringValue)))) throw invalidValue(`Could not cast message attribute '${name}' value to number.`)
  if (DataType === 'String.Array' && !isArray(StringValue!)) throw invalidValue(`The message attribute '${name}' of type String.Array must hold a JSON array of strings, numbers, true, false or null.`)
  return kind === 'Binary' ? { DataType, BinaryValue: Buffer.from(BinaryValue!).toString('base64') } : { DataType, StringValue: StringValue! }
}

function isArray(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text)
    return Array.isArray(value) && value.every((one) => one === null || typeof one !== 'object')
  } catch {
    return false
  }
}
