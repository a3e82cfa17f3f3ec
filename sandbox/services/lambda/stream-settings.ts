import type { CreateEventSourceMappingRequest, EventSourceMappingConfiguration, UpdateEventSourceMappingRequest } from '@aws-sdk/client-lambda'
import { AwsError } from '../../errors'
import type { Sandbox } from '../../sandbox'
import { parseStreamArn, streamArn } from '../dynamodb/names'
import { findStream, latest } from '../dynamodb/streams/shard'
import { tablePolicy } from '../dynamodb/access'
import { actAs } from './act-as'
import { checkDestination } from './destinations'
import { invalid } from './errors'
import type { EventSourceMapping } from './event-source-mappings'

/** What a mapping of a stream has beyond one of a queue. */
export interface StreamSettings {
  startingPosition: 'TRIM_HORIZON' | 'LATEST'
  /** The sequence number behind which reading began; empty for the oldest record. */
  from: string
  parallelization: number
  /** Halves a batch that failed. */
  bisects: boolean
  /** How often a batch that failed is tried again; -1 without end. */
  retries: number
  /** Seconds after which a record is given up; -1 for never. */
  maximumAge: number
  /** Where batches that are given up are told of. */
  destination?: string
}

const NEEDED = ['GetRecords', 'GetShardIterator', 'DescribeStream']
const FOR_OTHER_SOURCES = ['ScalingConfig', 'Topics', 'Queues', 'SourceAccessConfigurations', 'SelfManagedEventSource', 'AmazonManagedKafkaEventSourceConfig', 'SelfManagedKafkaEventSourceConfig', 'DocumentDBEventSourceConfig', 'StartingPositionTimestamp']
const LARGEST_BATCH = 10_000

export function isStream(arn: string): boolean {
  return parseStreamArn(arn) !== undefined
}

/** The settings of a mapping that is being made. @throws InvalidParameterValueException */
export async function newStreamSettings(sandbox: Sandbox, arn: string, { StartingPosition }: CreateEventSourceMappingRequest): Promise<StreamSettings> {
  if (StartingPosition === undefined) throw invalid('1 validation error detected: Value null at \'startingPosition\' failed to satisfy constraint: Member must not be null.')
  if (StartingPosition === 'AT_TIMESTAMP') throw invalid(`Unsupported starting position for arn type: ${arn}`)
  const found = await findStream(sandbox, parseStreamArn(arn)!)
  const from = found && StartingPosition === 'LATEST' ? await latest(sandbox, found.table) : ''
  return { startingPosition: StartingPosition, from, parallelization: 1, bisects: false, retries: -1, maximumAge: -1 }
}

/** Settings after a change. @throws InvalidParameterValueException for what a stream has not */
export function changedStreamSettings({ destination, ...before }: StreamSettings, given: CreateEventSourceMappingRequest | UpdateEventSourceMappingRequest): StreamSettings {
  const members = given as unknown as Record<string, unknown>
  const foreign = FOR_OTHER_SOURCES.find((name) => members[name] !== undefined)
  if (foreign !== undefined) throw invalid(`Unsupported parameter for event source: ${foreign} is not valid for DynamoDB streams.`)
  if (given.TumblingWindowInSeconds) throw invalid('TumblingWindowInSeconds of event source mappings is not served by this sandbox: leave it out.')
  const age = given.MaximumRecordAgeInSeconds
  if (age !== undefined && age !== -1 && age < 60) throw invalid('MaximumRecordAgeInSeconds must be -1, or between 60 and 604800.')
  const after = given.DestinationConfig ? given.DestinationConfig.OnFailure?.Destination : destination
  return {
    ...before,
    parallelization: given.ParallelizationFactor ?? before.parallelization,
    bisects: given.BisectBatchOnFunctionError ?? before.bisects,
    retries: given.MaximumRetryAttempts ?? before.retries,
    maximumAge: age ?? before.maximumAge,
    ...(after ? { destination: after } : {}),
  }
}

/** Holds a mapping of a stream against the stream, the role and the destination. @throws InvalidParameterValueException */
export async function checkStreamMapping(sandbox: Sandbox, mapping: EventSourceMapping, roleArn: string): Promise<void> {
  if (mapping.batchSize > LARGEST_BATCH) throw invalid(`Invalid request provided: Batch size exceeds the maximum of ${LARGEST_BATCH}.`)
  if (!(await findStream(sandbox, parseStreamArn(mapping.queueArn)!))) throw invalid(`Stream not found: ${mapping.queueArn}`)
  const missing = await missingStreamRight(sandbox, mapping, roleArn)
  if (missing) throw invalid(missing)
  const { account, region, functionName } = mapping
  const { destination } = mapping.stream!
  if (destination === undefined) return
  if (destination.startsWith('arn:aws:lambda:')) throw invalid(`The destination ARN ${destination} is invalid: batches of a stream that are given up do not go to functions.`)
  await checkDestination(sandbox, { account, region, functionName, roleArn }, destination)
}

/** What the role lacks to read the stream, in AWS's words; undefined where it lacks nothing. */
export async function missingStreamRight(sandbox: Sandbox, { account, region, functionName, queueArn }: EventSourceMapping, roleArn: string): Promise<string | undefined> {
  const acting = { account, region, functionName, roleArn }
  try {
    for (const action of NEEDED) await actAs(sandbox, acting, `dynamodb:${action}`, queueArn, await tablePolicy(sandbox, queueArn))
    await actAs(sandbox, acting, 'dynamodb:ListStreams', streamArn(parseStreamArn(queueArn)!.table, '*'))
  } catch (error) {
    if (error instanceof AwsError) return `Cannot access stream ${queueArn}. Please ensure the role can perform the GetRecords, GetShardIterator, DescribeStream, and ListStreams Actions on your stream in IAM.`
    throw error
  }
  return undefined
}

/** The settings as Lambda tells them. */
export function describeStreamSettings({ startingPosition, parallelization, bisects, retries, maximumAge, destination }: StreamSettings): EventSourceMappingConfiguration {
  return {
    StartingPosition: startingPosition,
    ParallelizationFactor: parallelization,
    BisectBatchOnFunctionError: bisects,
    MaximumRetryAttempts: retries,
    MaximumRecordAgeInSeconds: maximumAge,
    TumblingWindowInSeconds: 0,
    DestinationConfig: { OnFailure: destination === undefined ? {} : { Destination: destination } },
  }
}
