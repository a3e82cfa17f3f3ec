import { operation } from '../../../../operation'
import { streamArn } from '../../names'
import { streamRecords } from '../../records'
import { sequenceNumber } from '../../stream-record'
import { readStreams } from '../read-input'
import { DescribeStream$ } from '../schemas'
import { onStream, recordScope, requireStream, shardId } from '../shard'

/** Tells of a stream and its one shard. */
export const describeStream = operation<any, any>(DescribeStream$, {
  ...onStream,
  readJson: readStreams(DescribeStream$),
  async run(call) {
    const { StreamArn, ExclusiveStartShardId } = call.input
    const found = await requireStream(call, StreamArn)
    const { table, stream } = found
    const isOver = stream.disabledAt !== undefined
    const [last] = isOver ? await call.sandbox.store.list(streamRecords, recordScope(found), { reverse: true, limit: 1 }) : []
    const StartingSequenceNumber = sequenceNumber(0)
    const shard = { ShardId: shardId(stream), SequenceNumberRange: { StartingSequenceNumber, ...(isOver ? { EndingSequenceNumber: last?.key ?? StartingSequenceNumber } : {}) } }
    return {
      StreamDescription: {
        StreamArn: streamArn(table, stream.label),
        StreamLabel: stream.label,
        StreamStatus: isOver ? 'DISABLED' : 'ENABLED',
        StreamViewType: stream.view,
        CreationRequestDateTime: stream.createdAt / 1000,
        TableName: table.name,
        KeySchema: table.schema.KeySchema,
        Shards: ExclusiveStartShardId === shard.ShardId ? [] : [shard],
      },
    }
  },
})
