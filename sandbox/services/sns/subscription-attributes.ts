import { isFifo as isFifoQueue } from '../sqs/attributes'
import { parseQueueArn } from '../sqs/names'
import { checkDeliveryPolicy, effectiveOf } from './delivery-policy'
import { invalid, notHere } from './errors'
import { checkFilterPolicy, SCOPES } from './filter-policy'
import { isFifo, subscriptionArn, topicArn, type TopicName } from './names'
import type { Subscription, Topic } from './records'

const KNOWN = ['DeliveryPolicy', 'FilterPolicy', 'FilterPolicyScope', 'RawMessageDelivery', 'RedrivePolicy']
const NOT_HERE = ['ReplayPolicy', 'SubscriptionRoleArn']
const DEFAULTS: Record<string, string> = { RawMessageDelivery: 'false', FilterPolicyScope: 'MessageAttributes' }
const RAW_PROTOCOLS = ['sqs', 'http', 'https']

/** What a subscription is of, as far as its attributes depend on it. */
export interface About {
  topic: TopicName
  protocol: string
}

/**
 * Attributes after a change; an empty text or document takes one away.
 * @param isNew of Subscribe, which names an unknown attribute where SetSubscriptionAttributes does not
 * @throws InvalidParameter
 */
export function changedAttributes(about: About, before: Record<string, string>, given: Record<string, string>, isNew: boolean): Record<string, string> {
  const after = { ...before }
  for (const [key, value] of Object.entries(given)) {
    if (NOT_HERE.includes(key)) throw notHere(`the subscription attribute ${key}`)
    if (!KNOWN.includes(key)) throw invalid(isNew ? `Attributes Reason: Unknown attribute: ${key}` : 'AttributeName')
    if (value === '' || (value === '{}' && key !== 'DeliveryPolicy')) {
      delete after[key]
      continue
    }
    check(about, key, value)
    after[key] = value
  }
  // The scope may be set before the policy that it is of.
  if (after.FilterPolicy !== undefined) checkFilterPolicy(after.FilterPolicy, after.FilterPolicyScope ?? 'MessageAttributes')
  return after
}

function check({ topic, protocol }: About, key: string, value: string): void {
  if (key === 'FilterPolicyScope' && !SCOPES.includes(value)) throw invalid(`Attributes Reason: FilterPolicyScope: Invalid value [${value}]. Please use either MessageBody or MessageAttributes`)
  if (key === 'RawMessageDelivery') {
    if (value !== 'true' && value !== 'false') throw invalid(`Attributes Reason: RawMessageDelivery: Invalid value [${value}]. Must be true or false.`)
    if (value === 'true' && !RAW_PROTOCOLS.includes(protocol)) throw invalid(`Attributes Reason: Delivery protocol [${protocol}] does not support raw message delivery.`)
  }
  if (key === 'DeliveryPolicy') {
    if (!protocol.startsWith('http')) throw invalid(`Attributes Reason: Delivery protocol [${protocol}] does not support delivery policies.`)
    checkDeliveryPolicy(value)
  }
  if (key === 'RedrivePolicy') checkRedrive(topic, value)
}

function checkRedrive(topic: TopicName, text: string): void {
  let arn: unknown
  try {
    arn = (JSON.parse(text) as { deadLetterTargetArn?: unknown } | null)?.deadLetterTargetArn
  } catch {
    throw invalid('RedrivePolicy: failed to parse JSON.')
  }
  const queue = typeof arn === 'string' ? parseQueueArn(arn) : undefined
  if (!queue) throw invalid('RedrivePolicy: deadLetterTargetArn is an invalid arn')
  if (queue.region !== topic.region) throw invalid('RedrivePolicy: Dead-letter queue must be in the same region as the topic')
  if (isFifoQueue(queue) !== isFifo(topic)) throw invalid('RedrivePolicy: must use a FIFO queue as DLQ for a FIFO topic, and a standard queue for a standard topic')
}

/** Whether a subscription is set as given, defaults told or not. */
export function isSetAs({ attributes }: Subscription, given: Record<string, string>): boolean {
  return Object.entries(given).every(([key, value]) => (attributes[key] ?? DEFAULTS[key]) === value)
}

/** The queue where undeliverable messages go. */
export function deadLetterArnOf({ attributes }: Subscription): string | undefined {
  return attributes.RedrivePolicy === undefined ? undefined : (JSON.parse(attributes.RedrivePolicy) as { deadLetterTargetArn: string }).deadLetterTargetArn
}

/** All attributes of a subscription as AWS tells them. */
export function describeSubscription(topic: Topic, subscription: Subscription): Record<string, string> {
  const { attributes, protocol, endpoint, owner, principal, isPending, wasAuthenticated } = subscription
  return {
    SubscriptionArn: subscriptionArn(subscription),
    TopicArn: topicArn(topic),
    Owner: owner,
    SubscriptionPrincipal: principal,
    Protocol: protocol,
    Endpoint: endpoint,
    PendingConfirmation: String(isPending),
    ConfirmationWasAuthenticated: String(wasAuthenticated),
    RawMessageDelivery: DEFAULTS.RawMessageDelivery!,
    ...(attributes.FilterPolicy === undefined ? {} : { FilterPolicyScope: DEFAULTS.FilterPolicyScope! }),
    ...(protocol.startsWith('http') ? { EffectiveDeliveryPolicy: JSON.stringify(effectiveOf(topic, subscription)) } : {}),
    ...attributes,
  }
}
