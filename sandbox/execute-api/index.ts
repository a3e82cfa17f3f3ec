import type { Peer } from '../handle'
import type { WireRequest, WireResponse } from '../protocol/index'
import type { Sandbox } from '../sandbox'
import type { ApiAddress } from './address'
import { answerHttpApi } from './http-api/answer'
import { answerRest } from './rest/answer'

export { addressOf } from './address'
export { customDomainAddress } from './custom-domain'

/** A kind of API that can be deployed: answers a request for one of its APIs, undefined where the id is of no such API. */
export type ApiKind = (sandbox: Sandbox, address: ApiAddress, request: WireRequest, peer: Peer) => Promise<WireResponse | undefined>

const kinds: ApiKind[] = [answerRest, answerHttpApi]

/** Answers a request for a deployed API; an id that is nobody's gets the 403 that AWS gives. Does not throw. */
export async function executeApi(sandbox: Sandbox, address: ApiAddress, request: WireRequest, peer: Peer): Promise<WireResponse> {
  for (const answer of kinds) {
    const response = await answer(sandbox, address, request, peer)
    if (response) return response
  }
  return forbidden()
}

/** What API Gateway says of an API or stage that is not there. */
export function forbidden(): WireResponse {
  return { status: 403, headers: { 'content-type': 'application/json', 'x-amzn-errortype': 'ForbiddenException' }, body: Buffer.from('{"message":"Forbidden"}') }
}
