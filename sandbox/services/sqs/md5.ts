import { createHash } from 'node:crypto'
import type { StoredAttribute } from './records'

const STRING = 1
const BINARY = 2

export function md5(data: string | Buffer): string {
  return createHash('md5').update(data).digest('hex')
}

/** MD5 of message attributes as SQS and its clients reckon it (SQS developer guide, "Calculating the MD5 message digest for message attributes"). */
export function md5OfAttributes(attributes: Record<string, StoredAttribute>): string {
  const parts: Buffer[] = []
  const add = (data: Buffer) => {
    const length = Buffer.alloc(4)
    length.writeUInt32BE(data.length)
    parts.push(length, data)
  }
  for (const name of Object.keys(attributes).sort()) {
    const { DataType, StringValue, BinaryValue } = attributes[name]!
    add(Buffer.from(name))
    add(Buffer.from(DataType))
    parts.push(Buffer.from([StringValue === undefined ? BINARY : STRING]))
    add(StringValue === undefined ? Buffer.from(BinaryValue ?? '', 'base64') : Buffer.from(StringValue))
  }
  return md5(Buffer.concat(parts))
}
