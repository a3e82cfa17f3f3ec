import { GetLogEvents$, type GetLogEventsRequest, type GetLogEventsResponse } from '@aws-sdk/client-cloudwatch-logs'
import { operation } from '../../../operation'
import { scopeOf } from '../../../store'
import { invalid, namedGroup, streamArn } from '../arns'
import { groupContext } from '../group-context'
import { requireGroup, requireStream } from '../log-store'
import { readStream, type LogEvent } from '../read-events'
import { oldestKept } from '../records'

const MOST_EVENTS = 10_000
const MOST_BYTES = 1_048_576
const NO_ID = '0'.repeat(56)

/**
 * Reads a stream a page at a time. Tokens name a place in the stream: `f/…` goes on behind it, `b/…` ends before it,
 * and a reader that comes to the end gets back the token it brought.
 */
export const getLogEvents = operation<GetLogEventsRequest, GetLogEventsResponse>(GetLogEvents$, {
  resource: (call) => streamArn(call, namedGroup(call, call.input), call.input.logStreamName!),
  context: (call) => groupContext(call, namedGroup(call, call.input)),
  async run(call) {
    const { logStreamName, startTime, endTime, limit, nextToken, startFromHead } = call.input
    const { sandbox } = call
    const group = namedGroup(call, call.input)
    await requireStream(sandbox, scopeOf(call), group, logStreamName!)
    const kept = oldestKept(await requireGroup(sandbox, scopeOf(call), group), sandbox.now())
    const token = readToken(nextToken)
    const reverse = token ? token.direction === 'b' : !startFromHead
    const range = {
      start: Math.max(startTime ?? 0, kept),
      end: endTime,
      ...(token ? { [reverse ? 'before' : 'after']: token.id } : {}),
    }
    const events: LogEvent[] = []
    let bytes = 0
    for await (const event of readStream(sandbox, scopeOf(call), group, logStreamName!, range, reverse)) {
      bytes += Buffer.byteLength(event.message)
      if (events.length > 0 && bytes > MOST_BYTES) break
      events.push(event)
      if (events.length === (limit ?? MOST_EVENTS)) break
    }
    if (reverse) events.reverse()
    const end = token?.id ?? NO_ID
    return {
      events: events.map(({ timestamp, message, ingestionTime }) => ({ timestamp, message, ingestionTime })),
      nextForwardToken: `f/${events.at(-1)?.id ?? end}/s`,
      nextBackwardToken: `b/${events[0]?.id ?? end}/s`,
    }
  },
})

function readToken(token: string | undefined): { direction: string; id: string } | undefined {
  if (token === undefined) return undefined
  const [, direction, id] = /^([fb])\/(\d{56})(?:\/s)?$/.exec(token) ?? []
  if (direction === undefined || id === undefined) throw invalid('The specified nextToken is invalid.')
  return { direction, id }
}
