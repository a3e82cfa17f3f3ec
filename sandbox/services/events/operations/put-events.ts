import { randomUUID } from 'node:crypto'
import { PutEvents$, type PutEventsRequest, type PutEventsRequestEntry, type PutEventsResponse, type PutEventsResultEntry } from '@aws-sdk/client-eventbridge'
import { parseJsonObject } from '../../../json'
import { operation, type Call } from '../../../operation'
import { busPolicy } from '../buses'
import { deliver } from '../deliver'
import { invalid } from '../errors'
import { rulesOfBus, type Matched } from '../matching-rules'
import { busArn, parseBus } from '../names'
import type { Event } from '../transform'

/** Bytes of all entries together ("Calculating PutEvents event entry size"). */
const LARGEST_REQUEST = 262_144
const TIME_BYTES = 14

/** Takes events: each goes to the targets of the rules that it matches. What it answers with an id will be delivered. */
export const putEvents = operation<PutEventsRequest, PutEventsResponse>(PutEvents$, {
  resource: (call) => [...new Set(call.input.Entries!.map(({ EventBusName }) => busArn(parseBus(call, EventBusName))))],
  context: ({ input }) => ({
    'events:source': input.Entries!.flatMap(({ Source }) => Source ?? []),
    'events:detail-type': input.Entries!.flatMap(({ DetailType }) => DetailType ?? []),
  }),
  resourcePolicy: (call, resource) => busPolicy(call.sandbox, parseBus(call, resource)),
  async run(call) {
    const entries = call.input.Entries!
    if (entries.reduce((sum, entry) => sum + sizeOf(entry), 0) > LARGEST_REQUEST) throw invalid(`Total size of the entries in the request is over the limit of ${LARGEST_REQUEST} bytes.`)
    // The rules of each bus are read once. As on AWS an event for a bus that is not there is taken, and goes nowhere.
    const arns = [...new Set(entries.map(({ EventBusName }) => busArn(parseBus(call, EventBusName))))]
    const rules = new Map(await Promise.all(arns.map(async (arn) => [arn, await rulesOfBus(call.sandbox, parseBus(call, arn))] as const)))
    const matched: Matched[] = []
    const shown = entries.map((entry): PutEventsResultEntry => {
      const event = read(call, entry)
      if ('ErrorCode' in event) return event
      matched.push(...rules.get(busArn(parseBus(call, entry.EventBusName)))!(event))
      return { EventId: event.id as string }
    })
    await deliver(call.sandbox, matched)
    return { FailedEntryCount: shown.filter(({ EventId }) => EventId === undefined).length, Entries: shown }
  },
})

/** The event of an entry, or why it is refused. */
function read(call: Call, { Source, DetailType, Detail, Time, Resources }: PutEventsRequestEntry): Event | { ErrorCode: string; ErrorMessage: string } {
  const missing = Object.entries({ Source, DetailType, Detail }).find(([, value]) => !value)?.[0]
  if (missing !== undefined) return { ErrorCode: 'InvalidArgument', ErrorMessage: `Parameter ${missing} is not valid. Reason: ${missing} is a required argument.` }
  const detail = parseJsonObject(Detail!)
  if (!detail) return { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' }
  if (Source!.startsWith('aws.')) return { ErrorCode: 'NotAuthorizedForSource', ErrorMessage: 'Not authorized for the source.' }
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': DetailType,
    source: Source,
    account: call.account,
    time: (Time ?? new Date(call.sandbox.now())).toISOString().replace(/\.\d+Z$/, 'Z'),
    region: call.region,
    resources: Resources ?? [],
    detail,
  }
}

function sizeOf({ Time, Source, DetailType, Detail, Resources }: PutEventsRequestEntry): number {
  const texts = [Source, DetailType, Detail, ...(Resources ?? [])]
  return texts.reduce((sum, text) => sum + Buffer.byteLength(text ?? ''), Time ? TIME_BYTES : 0)
}
