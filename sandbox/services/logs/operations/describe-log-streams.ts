import { DescribeLogStreams$, type DescribeLogStreamsRequest, type DescribeLogStreamsResponse } from '@aws-sdk/client-cloudwatch-logs'
import { operation } from '../../../operation'
import { scopeOf } from '../../../store'
import { groupResource, invalid, namedGroup, streamArn } from '../arns'
import { groupContext } from '../group-context'
import { requireGroup } from '../log-store'
import { page } from '../paging'
import { streams, type LogStream } from '../records'

const PAGE = 50

/** Lists a group's streams by name or by the time of their last event. */
export const describeLogStreams = operation<DescribeLogStreamsRequest, DescribeLogStreamsResponse>(DescribeLogStreams$, {
  resource: (call) => groupResource(call, namedGroup(call, call.input)),
  context: (call) => groupContext(call, namedGroup(call, call.input)),
  async run(call) {
    const { logStreamNamePrefix: prefix, orderBy, descending, limit, nextToken } = call.input
    if (orderBy === 'LastEventTime' && prefix !== undefined) throw invalid('Cannot order by LastEventTime with a logStreamNamePrefix.')
    const group = namedGroup(call, call.input)
    await requireGroup(call.sandbox, scopeOf(call), group)
    const found = (await call.sandbox.store.list(streams, scopeOf(call), { prefix: `${group}:${prefix ?? ''}` })).map(({ value }) => value)
    const key = orderBy === 'LastEventTime' ? timeAndName : ({ name }: LogStream) => name
    found.sort((a, b) => (key(a) < key(b) ? -1 : 1))
    if (descending) found.reverse()
    const { items, nextToken: next } = page(found, key, limit ?? PAGE, nextToken, descending)
    return {
      logStreams: items.map((stream) => ({
        logStreamName: stream.name,
        creationTime: stream.createdAt,
        firstEventTimestamp: stream.firstEvent,
        lastEventTimestamp: stream.lastEvent,
        lastIngestionTime: stream.lastIngestion,
        uploadSequenceToken: `4${stream.number}${String(stream.count).padStart(37, '0')}`,
        arn: streamArn(call, group, stream.name),
        storedBytes: 0,
      })),
      nextToken: next,
    }
  },
})

function timeAndName({ lastEvent, createdAt, name }: LogStream): string {
  return `${String(lastEvent ?? createdAt).padStart(15, '0')} ${name}`
}
