import type { Service } from '../../../operation'
import { errorNamespace } from '../error-namespace'
import { describeStream } from './operations/describe-stream'
import { getRecords } from './operations/get-records'
import { getShardIterator } from './operations/get-shard-iterator'
import { listStreams } from './operations/list-streams'
import * as schemas from './schemas'

/** Amazon DynamoDB Streams: an endpoint of its own on AWS, told here by its target. */
export const dynamoDbStreams: Service = {
  name: 'dynamodb',
  eventSource: 'dynamodb.amazonaws.com',
  protocol: 'json',
  jsonVersion: '1.0',
  target: 'DynamoDBStreams_20120810',
  sdk: schemas,
  errorNamespace,
  hasCrc32: true,
  operations: [describeStream, getRecords, getShardIterator, listStreams],
}
