import { FilterLogEventsCommand, type FilterLogEventsResponse } from '@aws-sdk/client-cloudwatch-logs'
import { z } from 'zod'
import { answerWithEvents } from '@/components/lab/answer-request'
import { Refused } from '@/components/lab/refusal'
import type { CallContext } from '@/components/resource/calls/call'
import { logEvent, type LogEvent } from '@/components/resource/calls/logs'
import { awsResult, learnersAccount } from '@/components/resource/run-call'

const ask = z.object({ group: z.string().min(1), pattern: z.string().optional(), since: z.coerce.number() })

const EVERY_MS = 1_000
/** Events of several streams do not come in order: this far back is looked at again. */
const OVERLAP_MS = 10_000
/** A tail that nobody reads any more ends by itself; the page begins another one. */
const LONGEST_MS = 30 * 60_000

/**
 * Follows a log group: a line of JSON for each look at it, with the events that came since. A look that finds nothing
 * sends its line as well, so that the page knows that it is still being looked.
 *
 * It asks FilterLogEvents again and again: StartLiveTail answers on a host of its own, which endpoints like LocalStack
 * do not have.
 */
export async function GET(request: Request): Promise<Response> {
  return answerWithEvents(request, async (signal) => {
    const context = await learnersAccount()
    const sent = ask.safeParse(Object.fromEntries(new URL(request.url).searchParams))
    if (!sent.success) throw new Refused('invalid')
    return follow(context, sent.data, signal)
  })
}

async function* follow(context: CallContext, { group, pattern, since }: z.output<typeof ask>, signal: AbortSignal): AsyncGenerator<object> {
  let newest = since
  const seen = new Map<string, number>()
  const end = Date.now() + LONGEST_MS
  while (!signal.aborted && Date.now() < end) {
    const result = await awsResult(context, async () => {
      const events: LogEvent[] = []
      const from = { logGroupName: group, startTime: Math.max(since, newest - OVERLAP_MS), ...(pattern && { filterPattern: pattern }) }
      let next: string | undefined
      do {
        const page: FilterLogEventsResponse = await context.clients.logs.send(new FilterLogEventsCommand({ ...from, ...(next !== undefined && { nextToken: next }) }), { abortSignal: signal })
        events.push(...(page.events ?? []).map(logEvent))
        next = page.nextToken
      } while (next !== undefined)
      return { events }
    })
    if (!result.ok) return yield { error: result.error }
    const fresh = result.events.filter(({ id }) => !seen.has(id))
    for (const { id, at } of fresh) {
      seen.set(id, at)
      newest = Math.max(newest, at)
    }
    for (const [id, at] of seen) if (at < newest - 2 * OVERLAP_MS) seen.delete(id)
    yield { events: fresh }
    await new Promise((resolve) => setTimeout(resolve, EVERY_MS))
  }
}
