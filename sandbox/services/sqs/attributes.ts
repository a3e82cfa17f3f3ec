import type { Sandbox } from '../../sandbox'
import { invalidAttribute, invalidAttributeName } from './errors'
import { parseQueueArn, queueArn, type QueueName } from './names'
import { findQueue } from './queues'
import type { Queue } from './records'

/** What a queue is where nothing else is set (SQS API reference, CreateQueue). */
const DEFAULTS: Record<string, string> = {
  VisibilityTimeout: '30',
  MaximumMessageSize: '1048576',
  MessageRetentionPeriod: '345600',
  DelaySeconds: '0',
  ReceiveMessageWaitTimeSeconds: '0',
  SqsManagedSseEnabled: 'true',
}
const FIFO_DEFAULTS: Record<string, string> = { FifoQueue: 'true', ContentBasedDeduplication: 'false', DeduplicationScope: 'queue', FifoThroughputLimit: 'perQueue' }

const RANGES: Record<string, [number, number]> = {
  VisibilityTimeout: [0, 43_200],
  MaximumMessageSize: [1024, 1_048_576],
  MessageRetentionPeriod: [60, 1_209_600],
  DelaySeconds: [0, 900],
  ReceiveMessageWaitTimeSeconds: [0, 20],
  KmsDataKeyReusePeriodSeconds: [60, 86_400],
}
const CHOICES: Record<string, string[]> = {
  FifoQueue: ['true'],
  ContentBasedDeduplication: ['true', 'false'],
  SqsManagedSseEnabled: ['true', 'false'],
  DeduplicationScope: ['messageGroup', 'queue'],
  FifoThroughputLimit: ['perQueue', 'perMessageGroupId'],
}
const DOCUMENTS = new Set(['Policy', 'RedrivePolicy', 'RedriveAllowPolicy'])
const FIFO_ONLY = new Set(['FifoQueue', 'ContentBasedDeduplication', 'DeduplicationScope', 'FifoThroughputLimit'])
/** Given by SQS, never set. */
const TOLD = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesDelayed', 'ApproximateNumberOfMessagesNotVisible', 'CreatedTimestamp', 'LastModifiedTimestamp', 'QueueArn']

/** Every name that GetQueueAttributes knows. */
export const KNOWN = new Set([...Object.keys(RANGES), ...Object.keys(CHOICES), ...DOCUMENTS, ...TOLD, 'KmsMasterKeyId', 'All'])

export function isFifo({ name }: { name: string }): boolean {
  return name.endsWith('.fifo')
}

/** The set attributes with the defaults around them. */
export function wholeAttributes(queue: Pick<Queue, 'name' | 'attributes'>): Record<string, string> {
  return { ...DEFAULTS, ...(isFifo(queue) ? FIFO_DEFAULTS : {}), ...queue.attributes }
}

/** An attribute that is a number. */
export function numberOf(queue: Queue, name: 'VisibilityTimeout' | 'MaximumMessageSize' | 'MessageRetentionPeriod' | 'DelaySeconds' | 'ReceiveMessageWaitTimeSeconds'): number {
  return Number(queue.attributes[name] ?? DEFAULTS[name])
}

/** Where messages go that were received too often; undefined where the queue has no redrive policy. */
export function redriveOf(queue: Queue): { target: QueueName; most: number } | undefined {
  const text = queue.attributes.RedrivePolicy
  if (!text) return undefined
  const { deadLetterTargetArn, maxReceiveCount } = JSON.parse(text) as { deadLetterTargetArn: string; maxReceiveCount: number | string }
  return { target: parseQueueArn(deadLetterTargetArn)!, most: Number(maxReceiveCount) }
}

/**
 * Attributes after a change; an empty document takes it away.
 * @throws InvalidAttributeName, InvalidAttributeValue
 */
export async function changedAttributes(sandbox: Sandbox, name: QueueName, before: Record<string, string>, given: Record<string, string>): Promise<Record<string, string>> {
  const after = { ...before }
  for (const [key, value] of Object.entries(given)) {
    if (!KNOWN.has(key) || TOLD.includes(key) || key === 'All') throw invalidAttributeName(key)
    if (FIFO_ONLY.has(key) && !isFifo(name)) {
      if (key === 'FifoQueue') throw invalidAttribute('The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores, must end with .fifo suffix and be 1 to 80 in length.')
      throw invalidAttributeName(key)
    }
    if (value === '' && (DOCUMENTS.has(key) || key === 'KmsMasterKeyId')) {
      delete after[key]
      continue
    }
    await check(sandbox, name, key, value)
    after[key] = value
  }
  if (after.FifoThroughputLimit === 'perMessageGroupId' && after.DeduplicationScope !== 'messageGroup') {
    throw invalidAttribute('The perMessageGroupId value of FifoThroughputLimit is allowed only when DeduplicationScope is messageGroup.')
  }
  return after
}

async function check(sandbox: Sandbox, name: QueueName, key: string, value: string): Promise<void> {
  const range = RANGES[key]
  if (range && !(/^\d+$/.test(value) && Number(value) >= range[0] && Number(value) <= range[1])) throw invalidAttribute(`Invalid value for the parameter ${key}.`)
  if (CHOICES[key] && !CHOICES[key].includes(value)) throw invalidAttribute(`Invalid value for the parameter ${key}.`)
  if (key === 'Policy') checkPolicy(value)
  if (key === 'RedrivePolicy') await checkRedrive(sandbox, name, value)
  if (key === 'RedriveAllowPolicy') checkRedriveAllow(value)
}

/** A policy must be a document of statements that each say who may do what. */
function checkPolicy(text: string): void {
  const statements = [parse('Policy', text).Statement].flat() as Record<string, unknown>[]
  const isWhole = (statement: Record<string, unknown> | undefined) =>
    statement !== null && typeof statement === 'object' &&
    (statement.Effect === 'Allow' || statement.Effect === 'Deny') &&
    (statement.Principal ?? statement.NotPrincipal) !== undefined &&
    (statement.Action ?? statement.NotAction) !== undefined
  if (!statements.every(isWhole)) throw invalidAttribute('Invalid value for the parameter Policy.')
}

async function checkRedrive(sandbox: Sandbox, name: QueueName, text: string): Promise<void> {
  const refuse = (reason: string) => invalidAttribute(`Value ${text} for parameter RedrivePolicy is invalid. Reason: ${reason}`)
  const { deadLetterTargetArn, maxReceiveCount } = parse('RedrivePolicy', text)
  if (deadLetterTargetArn === undefined) throw refuse('Redrive policy does not contain mandatory attribute: deadLetterTargetArn.')
  if (maxReceiveCount === undefined) throw refuse('Redrive policy does not contain mandatory attribute: maxReceiveCount.')
  if (!/^\d+$/.test(String(maxReceiveCount)) || Number(maxReceiveCount) < 1 || Number(maxReceiveCount) > 1000) throw refuse('Invalid value for maxReceiveCount: must be an integer from 1 to 1000.')
  const target = parseQueueArn(String(deadLetterTargetArn))
  if (!target) throw refuse('Invalid value for deadLetterTargetArn.')
  const deadLetter = target.account === name.account && target.region === name.region ? await findQueue(sandbox, target) : undefined
  if (!deadLetter) throw refuse('Dead letter target does not exist.')
  if (isFifo(target) !== isFifo(name)) throw refuse('Dead-letter queue must be same type of queue as the source.')
  const { redrivePermission = 'allowAll', sourceQueueArns = [] } = JSON.parse(deadLetter.attributes.RedriveAllowPolicy ?? '{}') as { redrivePermission?: string; sourceQueueArns?: string[] }
  if (redrivePermission === 'denyAll' || (redrivePermission === 'byQueue' && !sourceQueueArns.includes(queueArn(name)))) {
    throw refuse('Queue not allowed to use this dead letter queue.')
  }
}

function checkRedriveAllow(text: string): void {
  const { redrivePermission, sourceQueueArns } = parse('RedriveAllowPolicy', text)
  const isKnown = ['allowAll', 'denyAll', 'byQueue'].includes(redrivePermission as string)
  const isListed = Array.isArray(sourceQueueArns) && sourceQueueArns.length > 0 && sourceQueueArns.length <= 10
  if (!isKnown || (redrivePermission === 'byQueue') !== isListed) {
    throw invalidAttribute(`Value ${text} for parameter RedriveAllowPolicy is invalid. Reason: redrivePermission must be allowAll, denyAll, or byQueue with 1 to 10 sourceQueueArns.`)
  }
}

function parse(key: string, text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>
  } catch {
    // Told below, as anything else that is not an object.
  }
  throw invalidAttribute(`Invalid value for the parameter ${key}.`)
}
