import type { Readable } from 'node:stream'
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

/** API Gateway's limit of a request's body, 10 MB. */
export const LARGEST_BODY = 10_485_760

const kinds: ApiKind[] = [answerRest, answerHttpApi]

/** Answers a request for a deployed API; an id that is nobody's gets the 403 that AWS gives. Does not throw. */
export async function executeApi(sandbox: Sandbox, address: ApiAddress, request: WireRequest, peer: Peer): Promise<WireResponse> {
  // By the head alone a form for a custom domain name looks like an upload to S3, whose bodies come as streams.
  const whole = request.stream ? { ...request, body: await readUpTo(LARGEST_BODY + 1, request.stream) } : request
  for (const answer of kinds) {
    const response = await answer(sandbox, address, whole, peer)
    if (response) return response
  }
  return forbidden()
}

/** What a stream begins with; the rest stays in it. */
async function readUpTo(most: number, stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of stream.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    chunks.push(chunk)
    size += chunk.length
    if (size >= most) break
  }
  return Buffer.concat(chunks)
}

/** What API Gateway says of an API or stage that is not there. */
export function forbidden(): WireResponse {
  return { status: 403, headers: { 'content-type': 'application/json', 'x-amzn-errortype': 'ForbiddenException' }, body: Buffer.from('{"message":"Forbidden"}') }
}
