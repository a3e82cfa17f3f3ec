import type { StaticOperationSchema, StaticStructureSchema } from '@smithy/types'

// The SDK's package of DynamoDB Streams is not among the dependencies: these are the inputs of its four operations, in the form of the SDK's schemas.
const NAMESPACE = 'com.amazonaws.dynamodbstreams'
const [TEXT, NUMBER] = [0, 1] as const

const structure = (name: string, members: Record<string, unknown>, required = 0) =>
  [3, NAMESPACE, name, 0, Object.keys(members), Object.values(members), required] as unknown as StaticStructureSchema
const operationOf = (name: string, input: StaticStructureSchema) => [9, NAMESPACE, name, 0, () => input, () => structure(`${name}Output`, {})] as unknown as StaticOperationSchema

const shardFilter = structure('ShardFilter', { Type: TEXT, ShardId: TEXT })
export const DescribeStream$ = operationOf('DescribeStream', structure('DescribeStreamInput', { StreamArn: TEXT, Limit: NUMBER, ExclusiveStartShardId: TEXT, ShardFilter: () => shardFilter }, 1))
export const GetRecords$ = operationOf('GetRecords', structure('GetRecordsInput', { ShardIterator: TEXT, Limit: NUMBER }, 1))
export const GetShardIterator$ = operationOf('GetShardIterator', structure('GetShardIteratorInput', { StreamArn: TEXT, ShardId: TEXT, ShardIteratorType: TEXT, SequenceNumber: TEXT }, 3))
export const ListStreams$ = operationOf('ListStreams', structure('ListStreamsInput', { TableName: TEXT, Limit: NUMBER, ExclusiveStartStreamArn: TEXT }))
