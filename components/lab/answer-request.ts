import { Refused, refusalOf, refusalStatus } from './refusal'

/**
 * Answers a background request of a lab page with JSON. These are route handlers and not server actions because a
 * browser sends its server actions one after the other: a long invoke would hold up saving and checking.
 * As with server actions, a request from another site is refused.
 */
export async function answerRequest(request: Request, work: () => Promise<object>): Promise<Response> {
  const headers = { 'cache-control': 'no-store' }
  try {
    if (!isOwnPage(request)) throw new Refused('forbidden')
    return Response.json({ ok: true, ...(await work()) }, { headers })
  } catch (error) {
    // Nobody waits any more, so nobody needs to be told, and nothing is wrong.
    if (request.signal.aborted) return new Response(null, { status: 499, headers })
    const refusal = refusalOf(error)
    return Response.json(refusal, { status: refusalStatus(refusal.refused), headers })
  }
}

/** Reads a JSON body. @throws Refused `tooLarge` beyond the limit in bytes, `invalid` where it is no JSON */
export async function readBody(request: Request, limit: number): Promise<unknown> {
  if (Number(request.headers.get('content-length') ?? 0) > limit) throw new Refused('tooLarge')
  const text = await request.text()
  if (text.length > limit) throw new Refused('tooLarge')
  try {
    return JSON.parse(text)
  } catch {
    throw new Refused('invalid')
  }
}

function isOwnPage(request: Request): boolean {
  const site = request.headers.get('sec-fetch-site')
  if (site !== null) return site === 'same-origin'
  const origin = request.headers.get('origin')
  return origin === null || new URL(origin).host === request.headers.get('host')
}
