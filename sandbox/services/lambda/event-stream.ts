import { crc32 } from 'node:zlib'

const STRING = 7

/**
 * One event of an event stream as bytes.
 * @see https://smithy.io/2.0/aws/amazon-eventstream.html
 */
export function encodeEvent(type: string, contentType: string, payload: Buffer): Buffer {
  const headers = Buffer.concat(Object.entries({ ':message-type': 'event', ':event-type': type, ':content-type': contentType }).map(([name, value]) => header(name, value)))
  const message = Buffer.alloc(16 + headers.length + payload.length)
  message.writeUInt32BE(message.length, 0)
  message.writeUInt32BE(headers.length, 4)
  message.writeUInt32BE(crc32(message.subarray(0, 8)), 8)
  headers.copy(message, 12)
  payload.copy(message, 12 + headers.length)
  message.writeUInt32BE(crc32(message.subarray(0, -4)), message.length - 4)
  return message
}

function header(name: string, value: string): Buffer {
  const lengths = Buffer.alloc(3)
  lengths.writeUInt8(STRING, 0)
  lengths.writeUInt16BE(Buffer.byteLength(value), 1)
  return Buffer.concat([Buffer.from([Buffer.byteLength(name)]), Buffer.from(name), lengths, Buffer.from(value)])
}
