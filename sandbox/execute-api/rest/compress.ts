import { gzipSync } from 'node:zlib'
import { lastValue } from '../pairs'
import type { Arrival, Reply } from './exchange'

/** The reply as gzip where the API compresses from some size on, and the client takes it. */
export function compressed({ definition, headers }: Arrival, reply: Reply): Reply {
  const from = definition.minimumCompressionSize
  if (from === undefined || reply.body.length < from || reply.body.length === 0) return reply
  if (!/\bgzip\b/.test(lastValue(headers, 'accept-encoding', true) ?? '') || lastValue(reply.headers, 'content-encoding', true) !== undefined) return reply
  return { ...reply, headers: [...reply.headers, ['Content-Encoding', 'gzip']], body: gzipSync(reply.body) }
}
