import { DescribeLogStreamsCommand, FilterLogEventsCommand, type FilteredLogEvent } from '@aws-sdk/client-cloudwatch-logs'
import { z } from 'zod'
import { call } from './call'
import { optionalText } from './fields'

/** One event of a log group, as a page shows it. */
export interface LogEvent {
  id: string
  at: number
  stream: string
  message: string
}

/** What AWS's event is to a page. */
export function logEvent({ eventId = '', timestamp = 0, logStreamName = '', message = '' }: FilteredLogEvent): LogEvent {
  return { id: eventId || `${logStreamName} ${timestamp} ${message.slice(0, 80)}`, at: timestamp, stream: logStreamName, message: message.trimEnd() }
}

export const logsCalls = {
  'logs.events': call({
    input: z.object({ group: z.string().min(1), stream: optionalText, pattern: optionalText, from: z.number(), to: z.number().optional(), next: z.string().optional() }),
    service: 'logs',
    command: ({ group, stream, pattern, from, to, next }) =>
      new FilterLogEventsCommand({
        logGroupName: group,
        ...(stream !== undefined && { logStreamNames: [stream] }),
        ...(pattern !== undefined && { filterPattern: pattern }),
        startTime: from,
        ...(to !== undefined && { endTime: to }),
        limit: 200,
        ...(next !== undefined && { nextToken: next }),
      }),
    answer: ({ events = [], nextToken }) => ({ events: events.map(logEvent), ...(nextToken !== undefined && { next: nextToken }) }),
  }),

  'logs.streams': call({
    input: z.object({ group: z.string().min(1) }),
    service: 'logs',
    command: ({ group }) => new DescribeLogStreamsCommand({ logGroupName: group, orderBy: 'LastEventTime', descending: true, limit: 50 }),
    answer: ({ logStreams = [] }) => ({ streams: logStreams.map(({ logStreamName = '', lastEventTimestamp }) => ({ name: logStreamName, ...(lastEventTimestamp !== undefined && { at: lastEventTimestamp }) })) }),
  }),
}
