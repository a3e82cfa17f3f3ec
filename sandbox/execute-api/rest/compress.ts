import { deflateSync, gunzipSync, gzipSync, inflateSync } from 'node:zlib'
import type { Definition } from '../../services/apigateway/records'
import { lastValue, type Pairs } from '../pairs'
import type { Arrival, Reply } from './exchange'
import { LARGEST_BODY } from './request-size'

/** The reply compressed where the API compresses from some size on, and the client takes it (API Gateway developer guide, "Payload compression"). */
export function compressed({ definition, headers }: Arrival, reply: Reply): Reply {
  const from = definition.minimumCompressionSize
  if (from === undefined || reply.body.length < from || reply.body.length === 0) return reply
  if (lastValue(reply.headers, 'content-encoding', true) !== undefined) return reply
  const accepted = /\b(gzip|deflate)\b(?!\s*;\s*q=0(?:\.0*)?(?:,|\s|$))/.exec(lastValue(headers, 'accept-encoding', true) ?? '')?.[1]
  if (accepted === undefined) return reply
  return { ...reply, headers: [...reply.headers, ['Content-Encoding', accepted]], body: accepted === 'gzip' ? gzipSync(reply.body) : deflateSync(reply.body) }
}

/** Where the API compresses, it also takes compressed bodies, and hands them on as they were before. What cannot be read stays as it is. */
export function decompressed({ minimumCompressionSize }: Definition, headers: Pairs, body: Buffer): { headers: Pairs; body: Buffer } {
  const encoding = lastValue(headers, 'content-encoding', true)?.toLowerCase()
  if (minimumCompressionSize === undefined || (encoding !== 'gzip' && encoding !== 'deflate')) return { headers, body }
  try {
    const limit = { maxOutputLength: LARGEST_BODY }
    const plain = encoding === 'gzip' ? gunzipSync(body, limit) : inflateSync(body, limit)
    return { headers: headers.filter(([name]) => !/^content-(encoding|length)$/i.test(name)), body: plain }
  } catch {
    return { headers, body }
  }
}
