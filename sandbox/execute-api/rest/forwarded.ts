import { allValues, type Pairs } from '../pairs'
import type { Exchange } from './exchange'

/** The request's headers as a backend gets them: without the connection's own, with what API Gateway adds. */
export function forwardedHeaders({ headers, context, traceId, signed }: Exchange): Pairs {
  const kept = headers.filter(([name]) => !/^(connection|content-length|transfer-encoding|keep-alive|upgrade|x-forwarded-(for|port|proto)|x-amzn-trace-id)$/i.test(name))
  // A test invocation did not come over HTTP and gets nothing added.
  if (!signed) return kept
  const from = [...allValues(headers, 'x-forwarded-for', true), context.identity.sourceIp]
  return [
    ...kept,
    ['X-Amzn-Trace-Id', traceId],
    ['X-Forwarded-For', from.join(', ')],
    ['X-Forwarded-Port', '443'],
    ['X-Forwarded-Proto', 'https'],
  ]
}
