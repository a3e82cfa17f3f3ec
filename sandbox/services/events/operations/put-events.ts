import { randomUUID } from 'node:crypto'
import { PutEvents$, type PutEventsRequest, type PutEventsRequestEntry, type PutEventsResponse, type PutEventsResultEntry } from '@aws-sdk/client-eventbridge'
import { parseJsonObject } from '../../../json'
import { operation, type Call } from '../../../operation'
import { busPolicy, findBus } from '../buses'
import { deliver } from '../deliver'
import { invalid } from '../errors'
import { matchingRules } from '../matching-rules'
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
    const results = await Promise.all(entries.map((entry) => takeIn(call, entry)))
    await deliver(call.sandbox, results.flatMap(({ matched }) => matched))
    const shown = results.map(({ result }) => result)
    return { FailedEntryCount: shown.filter(({ EventId }) => EventId === undefined).length, Entries: shown }
  },
})

async function takeIn(call: Call, entry: PutEventsRequestEntry): Promise<{ result: PutEventsResultEntry; matched: Awaited<ReturnType<typeof matchingRules>> }> {
  const refused = (ErrorCode: string, ErrorMessage: string) => ({ result: { ErrorCode, ErrorMessage }, matched: [] })
  const { Source, DetailType, Detail } = entry
  const missing = Object.entries({ Source, DetailType, Detail }).find(([, value]) => !value)?.[0]
  if (missing !== undefined) return refused('InvalidArgument', `Parameter ${missing} is not valid. Reason: ${missing} is a required argument.`)
  const detail = parseJsonObject(Detail!)
  if (!detail) return refused('MalformedDetail', 'Detail is malformed.')
  if (Source!.startsWith('aws.')) return refused('NotAuthorizedForSource', 'Not authorized for the source.')
  const bus = parseBus(call, entry.EventBusName)
  // As on AWS an event for a bus that is not there is taken, and goes nowhere.
  const isThere = (await findBus(call.sandbox, bus)) !== undefined
  const event: Event = {
    version: '0',
    id: randomUUID(),
    'detail-type': DetailType,
    source: Source,
    account: call.account,
    time: (entry.Time ?? new Date(call.sandbox.now())).toISOString().replace(/\.\d+Z$/, 'Z'),
    region: call.region,
    resources: entry.Resources ?? [],
    detail,
  }
  return { result: { EventId: event.id as string }, matched: isThere ? await matchingRules(call.sandbox, bus, event) : [] }
}

function sizeOf({ Time, Source, DetailType, Detail, Resources }: PutEventsRequestEntry): number {
  const texts = [Source, DetailType, Detail, ...(Resources ?? [])]
  return texts.reduce((sum, text) => sum + Buffer.byteLength(text ?? ''), Time ? TIME_BYTES : 0)
}
