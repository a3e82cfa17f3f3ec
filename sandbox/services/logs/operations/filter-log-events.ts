import { FilterLogEvents$, ResourceNotFoundException, type FilterLogEventsRequest, type FilterLogEventsResponse } from '@aws-sdk/client-cloudwatch-logs'
import { operation } from '../../../operation'
import { scopeOf } from '../../../store'
import { groupResource, invalid, namedGroup } from '../arns'
import { compilePattern } from '../filter-pattern'
import { groupContext } from '../group-context'
import { requireGroup } from '../log-store'
import { positionOf, tokenOf } from '../paging'
import { readMerged, type LogEvent } from '../read-events'
import { oldestKept, streams } from '../records'

const MOST_EVENTS = 10_000
const MOST_BYTES = 1_048_576
/** Events looked at in one call; beyond it the page ends, perhaps empty, and its token goes on, as on AWS. */
const MOST_SCANNED = 50_000

/** Finds events over the streams of a group in the order of their time. */
export const filterLogEvents = operation<FilterLogEventsRequest, FilterLogEventsResponse>(FilterLogEvents$, {
  resource: (call) => groupResource(call, namedGroup(call, call.input)),
  context: (call) => groupContext(call, namedGroup(call, call.input)),
  async run(call) {
    const { logStreamNames, logStreamNamePrefix: prefix, startTime, endTime, filterPattern, limit, nextToken } = call.input
    const { sandbox } = call
    const scope = scopeOf(call)
    if (logStreamNames && prefix !== undefined) throw invalid('Only one of logStreamNames and logStreamNamePrefix can be specified.')
    const group = namedGroup(call, call.input)
    const kept = oldestKept(await requireGroup(sandbox, scope, group), sandbox.now())
    const matches = compilePattern(filterPattern)
    const all = (await sandbox.store.list(streams, scope, { prefix: `${group}:${prefix ?? ''}` })).map(({ value }) => value)
    if (logStreamNames?.some((name) => !all.some((stream) => stream.name === name))) {
      throw new ResourceNotFoundException({ message: 'The specified log stream does not exist.', $metadata: {} })
    }
    const start = Math.max(startTime ?? 0, kept)
    const end = endTime ?? Infinity
    const names = all
      .filter(({ name }) => logStreamNames?.includes(name) ?? true)
      .filter(({ firstEvent, lastEvent }) => firstEvent !== undefined && firstEvent < end && (lastEvent ?? 0) >= start)
      .map(({ name }) => name)

    const events: LogEvent[] = []
    let [bytes, scanned] = [0, 0]
    let last = positionOf(nextToken)
    let isCut = false
    for await (const event of readMerged(sandbox, scope, group, names, { after: last, start, end: endTime })) {
      if (events.length === (limit ?? MOST_EVENTS) || scanned === MOST_SCANNED || bytes > MOST_BYTES) {
        isCut = true
        break
      }
      scanned += 1
      last = event.id
      if (!matches(event.message)) continue
      bytes += Buffer.byteLength(event.message)
      events.push(event)
    }
    return {
      events: events.map(({ id, stream, ...event }) => ({ ...event, logStreamName: stream, eventId: id })),
      searchedLogStreams: [],
      nextToken: isCut ? tokenOf(last!) : undefined,
    }
  },
})
