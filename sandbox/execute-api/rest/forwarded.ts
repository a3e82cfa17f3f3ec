import { randomBytes } from 'node:crypto'
import { allValues, type Pairs } from '../pairs'
import type { Exchange } from './exchange'

/** The request's headers as a backend gets them: without the connection's own, with what API Gateway adds. */
export function forwardedHeaders({ headers, context, sandbox, signed }: Exchange): Pairs {
  const kept = headers.filter(([name]) => !/^(connection|content-length|transfer-encoding|keep-alive|upgrade|x-forwarded-(for|port|proto)|x-amzn-trace-id)$/i.test(name))
  // A test invocation did not come over HTTP and gets nothing added.
  if (!signed) return kept
  const from = [...allValues(headers, 'x-forwarded-for', true), context.identity.sourceIp]
  return [
    ...kept,
    ['X-Amzn-Trace-Id', allValues(headers, 'x-amzn-trace-id', true)[0] ?? traceId(sandbox.now())],
    ['X-Forwarded-For', from.join(', ')],
    ['X-Forwarded-Port', '443'],
    ['X-Forwarded-Proto', 'https'],
  ]
}

function traceId(now: number): string {
  return `Root=1-${Math.floor(now / 1000).toString(16)}-${randomBytes(12).toString('hex')}`
}
