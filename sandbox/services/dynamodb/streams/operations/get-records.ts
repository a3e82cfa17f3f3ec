import { AwsError } from '../../../../errors'
import { operation } from '../../../../operation'
import { tablePolicy } from '../../access'
import { readIterator, writeIterator } from '../iterator'
import { readStreams } from '../read-input'
import { GetRecords$ } from '../schemas'
import { isTrimmed, recordsAfter, requireStream, trimmed } from '../shard'

/** As long an iterator is good (DynamoDB API reference, "GetShardIterator"). */
const ITERATOR_MS = 15 * 60_000
const MOST_RECORDS = 1000
/** At most a megabyte a call. */
const LARGEST_ANSWER = 1 << 20

/** Reads records on from an iterator, and gives the one to go on with; none where the shard is closed and read. */
export const getRecords = operation<any, any>(GetRecords$, {
  resource: ({ input }) => readIterator(input.ShardIterator).streamArn,
  resourcePolicy: (call, resource) => tablePolicy(call.sandbox, resource),
  readJson: readStreams(GetRecords$),
  async run(call) {
    const { ShardIterator, Limit = MOST_RECORDS } = call.input
    const { streamArn, after, at } = readIterator(ShardIterator)
    const found = await requireStream(call, streamArn)
    const now = call.sandbox.now()
    if (now - at > ITERATOR_MS) throw new AwsError('ExpiredIteratorException', `Iterator expired. The iterator was created at time ${new Date(at).toISOString()} while right now it is ${new Date(now).toISOString()} which is further in the future than the tolerated delay of ${ITERATOR_MS} milliseconds.`)
    if (await isTrimmed(call.sandbox, found, after)) throw trimmed()
    const read = []
    let bytes = 0
    for (const entry of await recordsAfter(call.sandbox, found, after, Limit)) {
      bytes += entry.value.record.dynamodb.SizeBytes
      if (read.length > 0 && bytes > LARGEST_ANSWER) break
      read.push(entry)
    }
    const isOver = found.stream.disabledAt !== undefined && read.length === 0
    return {
      Records: read.map(({ value }) => value.record),
      ...(isOver ? {} : { NextShardIterator: writeIterator({ streamArn, after: read.at(-1)?.key ?? after, at: now }) }),
    }
  },
})
