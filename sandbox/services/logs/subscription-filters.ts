import { gzipSync } from 'node:zlib'
import type { NewDelivery } from '../../outbox'
import { groupArn } from './arns'
import { patternOf } from './metric-filters'
import type { LogEvent } from './read-events'
import type { LogGroup, SubscriptionFilter } from './records'

export const SERVICE = 'logs.amazonaws.com'
/** Of one event of Lambda before it is packed; what is more goes with the next. */
const LARGEST_BYTES = 400_000
/** "CloudWatch Logs retries for up to 24 hours." */
const RETRY = { attempts: 100, ageSeconds: 86_400, waits: [1000, 5000, 30_000, 60_000, 300_000, 900_000] }

/** What a group's subscription filters hand on of events that it takes. */
export function deliveriesOf(place: { account: string; region: string }, group: LogGroup, stream: string, events: LogEvent[]): NewDelivery[] {
  return (group.subscriptionFilters ?? []).flatMap((filter) => {
    const { matches } = patternOf(filter.pattern)
    return inPieces(events.filter(({ message }) => matches(message))).map((piece) => ({
      ...place,
      target: filter.destinationArn,
      sender: { service: SERVICE, sourceArn: sourceArnOf(place, group.name) },
      body: JSON.stringify({ awslogs: { data: packed(place.account, group.name, stream, filter, piece) } }),
      retry: RETRY,
    }))
  })
}

/** As functions' policies name a group. */
export function sourceArnOf(place: { account: string; region: string }, group: string): string {
  return `${groupArn(place, group)}:*`
}

/** The document that destinations get ("Log group-level subscription filters"). */
function packed(owner: string, logGroup: string, logStream: string, { name }: SubscriptionFilter, events: LogEvent[]): string {
  const document = { messageType: 'DATA_MESSAGE', owner, logGroup, logStream, subscriptionFilters: [name], logEvents: events.map(({ id, timestamp, message }) => ({ id, timestamp, message })) }
  return gzipSync(JSON.stringify(document)).toString('base64')
}

function inPieces(events: LogEvent[]): LogEvent[][] {
  const pieces: LogEvent[][] = []
  let size = Infinity
  for (const event of events) {
    size += Buffer.byteLength(event.message)
    if (size > LARGEST_BYTES) {
      pieces.push([])
      size = Buffer.byteLength(event.message)
    }
    pieces.at(-1)!.push(event)
  }
  return pieces
}
