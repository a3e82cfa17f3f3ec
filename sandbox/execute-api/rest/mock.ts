import type { Integration } from '@aws-sdk/client-api-gateway'
import type { Exchange, Reply } from './exchange'
import { misconfigured } from './gateway-error'
import { respond } from './integration-response'
import { requestBody } from './request-template'

/** Answers without a backend, by the status that the request template gives (MOCK). @throws GatewayError 500 where it gives none */
export function mock(exchange: Exchange, integration: Integration): Reply {
  const body = requestBody(exchange, integration).toString('utf8')
  exchange.log(`Endpoint request body after transformations: ${body}`, 'data')
  const status = statusOf(body)
  if (status === undefined) throw misconfigured('Unable to parse statusCode. It should be an integer that is defined in the request template.')
  return respond(exchange, integration, status, { headers: [], body: Buffer.alloc(0) })
}

/** The template need not be strict JSON: AWS takes `{statusCode: 200}` too. */
function statusOf(body: string): string | undefined {
  return /["']?statusCode["']?\s*:\s*["']?(\d{3})\b/.exec(body)?.[1]
}
