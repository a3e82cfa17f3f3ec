import type { WireRequest } from '../../protocol/index'
import type { RestApiRecord } from '../../services/apigateway/records'
import type { Pairs } from '../pairs'
import type { Reply } from './exchange'

/** Limits of a request (API Gateway developer guide, "Quotas for configuring and running a REST API"). */
export const LARGEST_BODY = 10_485_760
const LONGEST_URL = 10_240
const LONGEST_EDGE_URL = 8192
const LARGEST_HEADERS = 10_240

/** The answer to a request that is too large, which no gateway response of the API shapes; undefined where it is not. */
export function refusalOfSize({ endpointConfiguration }: RestApiRecord, { path, rawQuery = '' }: WireRequest, headers: Pairs): Reply | undefined {
  const longestUrl = endpointConfiguration.types?.[0] === 'EDGE' ? LONGEST_EDGE_URL : LONGEST_URL
  if (path.length + rawQuery.length > longestUrl) return refusal(414, 'URI Too Long')
  if (headers.reduce((sum, [, value]) => sum + Buffer.byteLength(value), 0) > LARGEST_HEADERS) return refusal(431, 'Request Header Fields Too Large')
  return undefined
}

function refusal(status: number, message: string): Reply {
  return { status, headers: [['Content-Type', 'application/json']], body: Buffer.from(JSON.stringify({ message })) }
}
