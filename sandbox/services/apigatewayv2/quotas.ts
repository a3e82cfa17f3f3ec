import { TooManyRequestsException } from '@aws-sdk/client-apigatewayv2'
import type { HttpApiRecord } from './records'

/** HTTP APIs that an account may have in a region (AWS General Reference, "Amazon API Gateway endpoints and quotas"). */
const MOST_APIS = 600

const OF_AN_API: [what: string, most: number, count: (api: HttpApiRecord) => number][] = [
  ['routes', 300, ({ definition }) => Object.keys(definition.routes).length],
  ['integrations', 300, ({ definition }) => Object.keys(definition.integrations).length],
  ['authorizers', 10, ({ definition }) => Object.keys(definition.authorizers).length],
  ['stages', 10, ({ stages }) => Object.keys(stages).length],
]

/** Sees to it that a change makes nothing more than API Gateway holds for one API. @throws TooManyRequestsException */
export function checkQuotas(before: HttpApiRecord, api: HttpApiRecord): void {
  for (const [what, most, count] of OF_AN_API) {
    if (count(api) > most && count(api) > count(before)) throw exceeded(what, `Maximum number of ${what} for this API has been reached: ${most}.`)
  }
}

/** Sees to it that one more API has room. @throws TooManyRequestsException */
export function checkApiCount(count: number): void {
  if (count >= MOST_APIS) throw exceeded('apis', `Maximum number of APIs for this account has been reached: ${MOST_APIS}.`)
}

function exceeded(LimitType: string, message: string): TooManyRequestsException {
  return new TooManyRequestsException({ LimitType, message, $metadata: {} })
}
