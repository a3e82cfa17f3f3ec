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

/**
 * Answers with one line of JSON for each event of some longer work, as it happens. Whoever goes away stops the work.
 *
 * @param start checks who asks and gives the work; what it throws is answered as `answerRequest` answers it. What the work
 *   throws later is its last line, `{ type: 'stopped', reason }`
 */
export async function answerWithEvents(request: Request, start: (signal: AbortSignal) => Promise<AsyncGenerator<object>>): Promise<Response> {
  const stop = new AbortController()
  const signal = AbortSignal.any([request.signal, stop.signal])
  let events: AsyncGenerator<object> | undefined
  const refused = await answerRequest(request, async () => {
    events = await start(signal)
    return {}
  })
  if (!events) return refused
  const work = events
  const lines = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const next = await work.next().catch((error: unknown) => ({ done: false as const, value: { type: 'stopped', reason: refusalOf(error).refused } }))
      if (next.done) controller.close()
      else controller.enqueue(new TextEncoder().encode(`${JSON.stringify(next.value)}\n`))
    },
    cancel: () => stop.abort(),
  })
  // Neither compressed nor gathered by a proxy: each line is to arrive when it is written.
  return new Response(lines, { headers: { 'cache-control': 'no-store, no-transform', 'content-type': 'application/x-ndjson', 'x-accel-buffering': 'no' } })
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
