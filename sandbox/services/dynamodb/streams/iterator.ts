import { AwsError } from '../../../errors'

/** Where a reader stands in a shard. */
export interface Position {
  streamArn: string
  /** The sequence number of the last record that was read; empty before all. */
  after: string
  /** Epoch ms when the iterator was made. */
  at: number
}

/** An iterator as clients get it; it begins with the stream's ARN, as AWS's do. */
export function writeIterator({ streamArn, after, at }: Position): string {
  return `${streamArn}|1|${Buffer.from(JSON.stringify([after, at])).toString('base64')}`
}

/** @throws AwsError ValidationException where it is none */
export function readIterator(iterator: string): Position {
  const [streamArn = '', , payload = ''] = iterator.split('|')
  try {
    const [after, at] = JSON.parse(Buffer.from(payload, 'base64').toString('utf8')) as [string, number]
    if (/^(\d{21})?$/.test(after) && Number.isFinite(at)) return { streamArn, after, at }
  } catch {
    // Not one of ours.
  }
  throw new AwsError('ValidationException', 'Invalid ShardIterator')
}
