import { AwsError } from '../../../../errors'
import { operation } from '../../../../operation'
import { writeIterator } from '../iterator'
import { readStreams } from '../read-input'
import { GetShardIterator$ } from '../schemas'
import { before, isTrimmed, latest, onStream, requireStream, shardId, trimmed } from '../shard'

/** Gives a place in a shard to read from. */
export const getShardIterator = operation<any, any>(GetShardIterator$, {
  ...onStream,
  readJson: readStreams(GetShardIterator$),
  async run(call) {
    const { StreamArn, ShardId, ShardIteratorType: type, SequenceNumber: sequence } = call.input
    const found = await requireStream(call, StreamArn)
    if (ShardId !== shardId(found.stream)) throw new AwsError('ResourceNotFoundException', `Requested resource not found: Shard does not exist: ${ShardId}`)
    const after = await (type === 'TRIM_HORIZON' ? '' : type === 'LATEST' ? latest(call.sandbox, found.table) : place(type, sequence))
    if (type !== 'LATEST' && (await isTrimmed(call.sandbox, found, after))) throw trimmed()
    return { ShardIterator: writeIterator({ streamArn: StreamArn, after, at: call.sandbox.now() }) }
  },
})

function place(type: string, sequence: string | undefined): string {
  if (sequence === undefined) throw new AwsError('ValidationException', `SequenceNumber is required for the ShardIteratorType ${type}`)
  if (!/^1\d{20}$/.test(sequence)) throw new AwsError('ValidationException', `Invalid SequenceNumber: ${sequence}`)
  return type === 'AT_SEQUENCE_NUMBER' && !/^10+$/.test(sequence) ? before(sequence) : sequence
}
