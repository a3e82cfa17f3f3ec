import type { CreateEventSourceMappingRequest, EventSourceMappingConfiguration, UpdateEventSourceMappingRequest } from '@aws-sdk/client-lambda'
import { AwsError } from '../../errors'
import type { Call, Operation } from '../../operation'
import type { Sandbox } from '../../sandbox'
import { collection, scopeOf } from '../../store'
import { isFifo, numberOf } from '../sqs/attributes'
import { parseQueueArn } from '../sqs/names'
import { queuePolicy } from '../sqs/on-queue'
import { findQueue } from '../sqs/queues'
import { resourceTags } from '../tag-context'
import { actAs } from './act-as'
import { invalid, notFound } from './errors'
import { parseEventPattern } from '../../event-pattern'
import { requireFunction, resolveQualifier } from './functions'
import { functionArn, type FunctionName } from './names'
import { changedStreamSettings, checkStreamMapping, describeStreamSettings, type StreamSettings } from './stream-settings'

/** A queue whose messages go to a function, or a stream whose records do. */
export interface EventSourceMapping {
  uuid: string
  account: string
  region: string
  functionName: string
  qualifier?: string
  /** ARN of the queue or stream. */
  queueArn: string
  /** Present where the source is a stream. */
  stream?: StreamSettings
  isEnabled: boolean
  batchSize: number
  /** Seconds to wait for a fuller batch. */
  window: number
  /** Patterns, of which a message must match one. */
  filters: string[]
  maximumConcurrency?: number
  /** The function tells which messages of a batch failed. */
  reportsFailures: boolean
  /** Told back; filters are not encrypted here. */
  kmsKeyArn?: string
  tags?: Record<string, string>
  /** Epoch ms. */
  lastModified: number
}

/** Scope: `account/region`; key: the UUID. */
export const mappings = collection<EventSourceMapping>('lambda/event-source-mappings')

const MOST_FILTERS = 5
const LARGEST_BATCH = { standard: 10_000, fifo: 10 }
/** More than this takes a window to gather. */
const LARGEST_RECEIVE = 10
const NEEDED = ['ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes']

export function functionOf({ account, region, functionName, qualifier }: EventSourceMapping): FunctionName {
  return { account, region, name: functionName, ...(qualifier === undefined ? {} : { qualifier }) }
}

export function mappingArn({ account, region }: { account: string; region: string }, uuid: string): string {
  return `arn:aws:lambda:${region}:${account}:event-source-mapping:${uuid}`
}

export function findMapping(call: Call): Promise<EventSourceMapping | undefined> {
  return call.sandbox.store.get(mappings, scopeOf(call), call.input.UUID)
}

/** @throws ResourceNotFoundException */
export async function requireMapping(call: Call): Promise<EventSourceMapping> {
  const found = await findMapping(call)
  if (!found) throw notFound('The resource you requested does not exist.')
  return found
}

/** What IAM decides on for operations on one mapping. */
export const onMapping: Pick<Operation, 'resource' | 'context'> = {
  resource: (call) => mappingArn(call, call.input.UUID),
  async context(call): Promise<Record<string, string>> {
    const mapping = await findMapping(call)
    return mapping ? { 'lambda:FunctionArn': functionArn(functionOf(mapping)), ...resourceTags(mapping.tags) } : {}
  },
}

type Given = CreateEventSourceMappingRequest | UpdateEventSourceMappingRequest

/**
 * A mapping after a change, checked against queue, function and role.
 * @throws InvalidParameterValueException in AWS's words, ResourceNotFoundException where the function is not there
 */
export async function changedMapping(sandbox: Sandbox, before: EventSourceMapping, given: Given): Promise<EventSourceMapping> {
  refuseUnserved(given as unknown as Record<string, unknown>, before.stream !== undefined)
  const filters = given.FilterCriteria ? (given.FilterCriteria.Filters ?? []).map(({ Pattern }) => Pattern ?? '') : before.filters
  const { maximumConcurrency: concurrencyBefore, kmsKeyArn: keyBefore, ...kept } = before
  const kmsKeyArn = given.KMSKeyArn ?? keyBefore
  const maximumConcurrency = given.ScalingConfig ? given.ScalingConfig.MaximumConcurrency : concurrencyBefore
  const after: EventSourceMapping = {
    ...kept,
    isEnabled: given.Enabled ?? before.isEnabled,
    batchSize: given.BatchSize ?? before.batchSize,
    window: given.MaximumBatchingWindowInSeconds ?? before.window,
    filters,
    ...(maximumConcurrency === undefined ? {} : { maximumConcurrency }),
    ...(kmsKeyArn ? { kmsKeyArn } : {}),
    reportsFailures: given.FunctionResponseTypes ? given.FunctionResponseTypes.length > 0 : before.reportsFailures,
    ...(before.stream ? { stream: changedStreamSettings(before.stream, given) } : {}),
    lastModified: sandbox.now(),
  }
  checkFilters(filters)
  const { settings } = resolveQualifier(await requireFunction(sandbox, functionOf(after)), functionOf(after)).version
  if (after.stream) await checkStreamMapping(sandbox, after, settings.role)
  else await checkQueue(sandbox, after, settings)
  return after
}

function checkFilters(filters: string[]): void {
  if (filters.length > MOST_FILTERS) throw invalid(`Filters count exceeded the maximum of ${MOST_FILTERS}.`)
  for (const text of filters) {
    try {
      parseEventPattern(text)
    } catch (error) {
      throw invalid(`Invalid filter pattern definition. ${(error as Error).message}`)
    }
  }
}

async function checkQueue(sandbox: Sandbox, mapping: EventSourceMapping, settings: { timeout: number; role: string }): Promise<void> {
  const name = parseQueueArn(mapping.queueArn)!
  const fifo = isFifo(name)
  const largest = fifo ? LARGEST_BATCH.fifo : LARGEST_BATCH.standard
  if (mapping.batchSize > largest) throw invalid(`Invalid request provided: Batch size exceeds the maximum of ${largest} for this kind of queue.`)
  if (fifo && mapping.window > 0) throw invalid('Batching window is not supported for FIFO queues.')
  if (mapping.batchSize > LARGEST_RECEIVE && mapping.window === 0) throw invalid('Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10')
  const queue = await findQueue(sandbox, name)
  if (!queue) throw invalid('Error occurred while ReceiveMessage. SQS Error Code: AWS.SimpleQueueService.NonExistentQueue. SQS Error Message: The specified queue does not exist.')
  const visibility = numberOf(queue, 'VisibilityTimeout')
  if (visibility < settings.timeout) throw invalid(`Queue visibility timeout: ${visibility} seconds is less than Function timeout: ${settings.timeout} seconds`)
  const missing = await missingRight(sandbox, mapping, settings.role)
  if (missing) throw invalid(missing)
}

/** What the role lacks to poll the queue, in AWS's words; undefined where it lacks nothing. */
export async function missingRight(sandbox: Sandbox, mapping: EventSourceMapping, roleArn: string): Promise<string | undefined> {
  const acting = { account: mapping.account, region: mapping.region, functionName: mapping.functionName, roleArn }
  const policy = await queuePolicy(sandbox, parseQueueArn(mapping.queueArn)!)
  for (const action of NEEDED) {
    try {
      await actAs(sandbox, acting, `sqs:${action}`, mapping.queueArn, policy)
    } catch (error) {
      if (error instanceof AwsError) return `The provided execution role does not have permissions to call ${action} on SQS`
      throw error
    }
  }
  return undefined
}

/** Parameters of streams and brokers, and what has no effect here; values that mean "none" pass. */
function refuseUnserved(given: Record<string, any>, isStream: boolean): void {
  const forStreams = ['StartingPosition', 'StartingPositionTimestamp', 'ParallelizationFactor', 'BisectBatchOnFunctionError', 'MaximumRecordAgeInSeconds', 'MaximumRetryAttempts', 'TumblingWindowInSeconds', 'DestinationConfig', 'Topics', 'Queues', 'SourceAccessConfigurations', 'SelfManagedEventSource', 'AmazonManagedKafkaEventSourceConfig', 'SelfManagedKafkaEventSourceConfig', 'DocumentDBEventSourceConfig']
  const stream = isStream ? undefined : forStreams.find((name) => given[name] !== undefined)
  if (stream !== undefined) throw invalid(`Unsupported parameter for event source: ${stream} is not valid for SQS queues.`)
  const unserved = ['MetricsConfig', 'LoggingConfig', 'ProvisionedPollerConfig'].find((name) => given[name] !== undefined && Object.keys(given[name]).length > 0)
  if (unserved !== undefined) throw invalid(`${unserved} of event source mappings is not served by this sandbox: leave it out.`)
}

/** A mapping as Lambda tells it. */
export function describeMapping(mapping: EventSourceMapping, State: string, problem?: string): EventSourceMappingConfiguration {
  return {
    UUID: mapping.uuid,
    BatchSize: mapping.batchSize,
    MaximumBatchingWindowInSeconds: mapping.window,
    EventSourceArn: mapping.queueArn,
    FilterCriteria: mapping.filters.length > 0 ? { Filters: mapping.filters.map((Pattern) => ({ Pattern })) } : undefined,
    ScalingConfig: mapping.maximumConcurrency === undefined ? undefined : { MaximumConcurrency: mapping.maximumConcurrency },
    KMSKeyArn: mapping.kmsKeyArn,
    FunctionArn: functionArn(functionOf(mapping)),
    LastModified: new Date(mapping.lastModified),
    LastProcessingResult: problem && `PROBLEM: ${problem}`,
    State,
    StateTransitionReason: 'USER_INITIATED',
    FunctionResponseTypes: mapping.reportsFailures ? ['ReportBatchItemFailures'] : [],
    EventSourceMappingArn: mappingArn(mapping, mapping.uuid),
    ...(mapping.stream ? describeStreamSettings(mapping.stream) : {}),
  }
}
