import { invalid, notHere } from './errors'
import { isFifo, topicArn, type TopicName } from './names'
import type { Topic } from './records'
import { checkDeliveryPolicy, effectiveOfTopic } from './delivery-policy'
import { checkPolicy, defaultPolicy } from './topic-policy'

const BOOLEANS = ['true', 'false']
const CHOICES: Record<string, string[]> = {
  FifoTopic: BOOLEANS,
  ContentBasedDeduplication: BOOLEANS,
  FifoThroughputScope: ['Topic', 'MessageGroup'],
  SignatureVersion: ['1', '2'],
  TracingConfig: ['PassThrough', 'Active'],
}
const FREE = ['Policy', 'DisplayName', 'DeliveryPolicy', 'KmsMasterKeyId']
const FIFO_ONLY = ['ContentBasedDeduplication', 'FifoThroughputScope']
const LONGEST_NAME = 100
/** Logs of deliveries, and archives that are replayed. */
const NOT_HERE = /^(HTTP|Firehose|Lambda|Application|SQS)(SuccessFeedbackRoleArn|SuccessFeedbackSampleRate|FailureFeedbackRoleArn)$|^ArchivePolicy$/
/** Not set by SetTopicAttributes. */
const FROM_THE_START = ['FifoTopic']

/** Attributes after a change; an empty text takes one back to its default. @throws InvalidParameter */
export function changedAttributes(name: TopicName, before: Record<string, string>, given: Record<string, string>, isNew: boolean): Record<string, string> {
  const after = { ...before }
  const refuse = (key: string) => invalid(isNew ? `Attributes Reason: Unknown attribute: ${key}` : 'AttributeName')
  for (const [key, value] of Object.entries(given)) {
    // Terraform asks for a rate of nothing, which is what it is.
    if (/SampleRate$/.test(key) && NOT_HERE.test(key) && value === '0') continue
    if (NOT_HERE.test(key)) throw notHere(`the topic attribute ${key}`)
    if (!(key in CHOICES) && !FREE.includes(key)) throw refuse(key)
    if (!isNew && FROM_THE_START.includes(key)) throw refuse(key)
    if (FIFO_ONLY.includes(key) && !isFifo(name)) throw invalid(isNew ? `Attributes Reason: ${key}: Content-based deduplication and throughput scope can only be set for FIFO topics` : 'AttributeName')
    if (value === '') {
      delete after[key]
      continue
    }
    check(key, value)
    after[key] = value
  }
  return after
}

function check(key: string, value: string): void {
  if (CHOICES[key] && !CHOICES[key].includes(value)) throw invalid(`Attributes Reason: ${key}: Invalid value [${value}]. Must be one of ${CHOICES[key].join(', ')}.`)
  if (key === 'Policy') checkPolicy(value)
  if (key === 'DeliveryPolicy') checkDeliveryPolicy(value)
  if (key === 'DisplayName' && value.length > LONGEST_NAME) throw invalid('DisplayName')
}

/** All attributes of a topic as AWS tells them. */
export function describeTopic(topic: Topic, counts: { confirmed: number; pending: number }): Record<string, string> {
  return {
    TopicArn: topicArn(topic),
    Owner: topic.account,
    DisplayName: '',
    Policy: JSON.stringify(defaultPolicy(topic)),
    SubscriptionsConfirmed: String(counts.confirmed),
    SubscriptionsPending: String(counts.pending),
    SubscriptionsDeleted: '0',
    EffectiveDeliveryPolicy: JSON.stringify(effectiveOfTopic(topic)),
    ...(isFifo(topic) ? { FifoTopic: 'true', ContentBasedDeduplication: 'false', FifoThroughputScope: 'Topic' } : {}),
    ...topic.attributes,
  }
}
