import { cbor, CborCodec } from '@smithy/core/cbor'
import { AwsError } from '../errors'
import type { NormalizedSchema } from '@smithy/core/schema'

const codec = new CborCodec()
/** Of calls and answers that are Smithy RPC v2 CBOR (Smithy, "Smithy RPC v2 CBOR protocol"). */
export const CBOR_HEADERS = { 'content-type': 'application/cbor', 'smithy-protocol': 'rpc-v2-cbor' }

/** A CBOR body as JSON has the same values: seconds for times, base64 for bytes. @throws AwsError SerializationException */
export function parseCbor(body: Buffer): unknown {
  if (body.length === 0) return {}
  try {
    return plain(cbor.deserialize(body))
  } catch {
    throw new AwsError('SerializationException', 'The request body is not CBOR.', 400)
  }
}

/** An output to CBOR by its schema. */
export function toCbor(schema: NormalizedSchema, output: unknown): Buffer {
  const serializer = codec.createSerializer()
  serializer.write(schema, output)
  return Buffer.from(serializer.flush() as Uint8Array)
}

/** Plain values to CBOR. */
export function encodeCbor(value: unknown): Buffer {
  return Buffer.from(cbor.serialize(value))
}

function plain(value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value)
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64')
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== 'object' || value === null) return value
  if ('tag' in value && 'value' in value && value.tag === 1) return plain(value.value)
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]))
}
