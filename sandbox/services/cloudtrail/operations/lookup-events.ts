import { InvalidEventCategoryException, InvalidLookupAttributesException, InvalidMaxResultsException, InvalidNextTokenException, InvalidTimeRangeException, LookupAttributeKey, LookupEvents$, UnsupportedOperationException, type Event, type LookupAttribute, type LookupEventsRequest, type LookupEventsResponse } from '@aws-sdk/client-cloudtrail'
import { auditEvents, type AuditEvent } from '../../../audit'
import { operation } from '../../../operation'
import { isManagementEvent } from '../data-events'

const MOST = 50
/** Read at once from the trail while looking for what matches. */
const CHUNK = 500
const DAYS_90_MS = 90 * 86_400_000

/** Finds management events of the last 90 days in the region, newest first. */
export const lookupEvents = operation<LookupEventsRequest, LookupEventsResponse>(LookupEvents$, {
  resource: () => '*',
  async run({ sandbox, account, region, input }) {
    const { LookupAttributes = [], StartTime, EndTime, MaxResults = MOST, NextToken, EventCategory } = input
    if (EventCategory !== undefined && EventCategory !== 'insight') throw new InvalidEventCategoryException({ message: `The event category ${EventCategory as string} is not valid.`, $metadata: {} })
    if (EventCategory !== undefined) throw new UnsupportedOperationException({ message: 'Insights events are not in this sandbox.', $metadata: {} })
    if (!(MaxResults >= 1 && MaxResults <= MOST)) throw new InvalidMaxResultsException({ message: `MaxResults is between 1 and ${MOST}.`, $metadata: {} })
    if (LookupAttributes.length > 1 || LookupAttributes.some(({ AttributeKey }) => !Object.values(LookupAttributeKey).includes(AttributeKey!))) {
      throw new InvalidLookupAttributesException({ message: `One lookup attribute can be given, which is one of ${Object.values(LookupAttributeKey).join(', ')}.`, $metadata: {} })
    }
    if (StartTime && EndTime && EndTime < StartTime) throw new InvalidTimeRangeException({ message: 'The end time is before the start time.', $metadata: {} })
    const from = Math.max(StartTime?.getTime() ?? 0, sandbox.now() - DAYS_90_MS)
    const until = EndTime?.getTime() ?? Infinity
    const isWanted = (event: AuditEvent) => event.awsRegion === region && isManagementEvent(event) && LookupAttributes.every((attribute) => has(event, attribute))
    const found: { key: string; value: AuditEvent }[] = []
    let after = NextToken === undefined ? undefined : keyOf(NextToken)
    while (found.length <= MaxResults) {
      const chunk = await sandbox.store.list(auditEvents, account, { reverse: true, limit: CHUNK, ...(after === undefined ? {} : { after }) })
      found.push(...chunk.filter(({ value }) => within(value, from, until) && isWanted(value)))
      after = chunk.at(-1)?.key
      if (chunk.length < CHUNK || Date.parse(chunk.at(-1)!.value.eventTime) < from) break
    }
    const page = found.slice(0, MaxResults)
    return { Events: page.map(({ value }) => describe(value)), NextToken: found.length > MaxResults ? tokenOf(page.at(-1)!.key) : undefined }
  },
})

function within({ eventTime }: AuditEvent, from: number, until: number): boolean {
  const at = Date.parse(eventTime)
  return at >= from && at <= until
}

function has(event: AuditEvent, { AttributeKey, AttributeValue }: LookupAttribute): boolean {
  const { EventId, EventName, ReadOnly, Username, EventSource, AccessKeyId } = describe(event)
  if (AttributeKey === 'ResourceName') return holds(event.requestParameters, AttributeValue!) || holds(event.responseElements, AttributeValue!)
  // Which kind of resource a call was on is not in the trail.
  if (AttributeKey === 'ResourceType') return false
  return ({ EventId, EventName, ReadOnly, Username, EventSource, AccessKeyId } as Record<string, string | undefined>)[AttributeKey!] === AttributeValue
}

function holds(value: unknown, wanted: string): boolean {
  if (typeof value === 'string') return value === wanted
  return typeof value === 'object' && value !== null && Object.values(value).some((one) => holds(one, wanted))
}

function describe(event: AuditEvent): Event {
  const { explanation: _beyondCloudTrail, ...record } = event
  const { userIdentity } = event
  return {
    EventId: event.eventID,
    EventName: event.eventName,
    ReadOnly: String(event.readOnly),
    AccessKeyId: userIdentity.accessKeyId || undefined,
    EventTime: new Date(event.eventTime),
    EventSource: event.eventSource,
    Username: userIdentity.userName ?? (userIdentity.type === 'Root' ? 'root' : userIdentity.arn.split('/').at(-1)),
    Resources: [],
    CloudTrailEvent: JSON.stringify({ ...record, managementEvent: true, eventCategory: 'Management' }),
  }
}

function tokenOf(key: string): string {
  return Buffer.from(key).toString('base64url')
}

function keyOf(token: string): string {
  const key = Buffer.from(token, 'base64url').toString('utf8')
  if (!/^\d{15}-\d+$/.test(key)) throw new InvalidNextTokenException({ message: 'The next token is not valid.', $metadata: {} })
  return key
}
