import type { NewDelivery } from '../../outbox'
import type { Sandbox } from '../../sandbox'
import type { Write } from '../../store'
import { effectiveOf, MANAGED, retryOf } from './delivery-policy'
import { bodyFor, envelope, lambdaEvent, noticeOf, type Notice } from './envelope'
import { number } from './fifo'
import { accepts } from './filter-policy'
import { isFifo, subscriptionArn, topicArn } from './names'
import type { Message, Subscription, Topic } from './records'
import { deadLetterArnOf } from './subscription-attributes'
import { listSubscriptionsOf } from './subscriptions'

export const SERVICE = 'sns.amazonaws.com'

/** Mail is subscribed to and confirmed, but none leaves the sandbox. */
export const isMail = (protocol: string) => protocol === 'email' || protocol === 'email-json'

/** Hands messages to all who subscribed and want them. Once this resolves each will be delivered, or end in its dead-letter queue. */
export async function publish(sandbox: Sandbox, topic: Topic, messages: Message[]): Promise<Message[]> {
  if (!isFifo(topic)) {
    await handOver(sandbox, topic, messages)
    return messages
  }
  // One after the other: the order in which they are numbered is the order in which they go out.
  return sandbox.store.lock(`sns-fifo ${topic.id}`, async () => {
    const { numbered, writes, keep } = await number(sandbox, topic, messages)
    await handOver(sandbox, topic, numbered.filter(({ isNew }) => isNew), writes)
    keep()
    return numbered
  })
}

async function handOver(sandbox: Sandbox, topic: Topic, messages: Message[], more: Write[] = []): Promise<void> {
  const confirmed = (await listSubscriptionsOf(sandbox, topic)).filter(({ isPending, protocol }) => !isPending && !isMail(protocol))
  const deliveries = (await Promise.all(messages.map((message) => deliveriesOf(sandbox, topic, message, confirmed.filter((one) => accepts(one, message)))))).flat()
  const { writes, send } = sandbox.outbox.prepare(sandbox, deliveries)
  if (writes.length + more.length > 0) await sandbox.store.batch([...writes, ...more])
  send()
}

async function deliveriesOf(sandbox: Sandbox, topic: Topic, message: Message, wanted: Subscription[]): Promise<NewDelivery[]> {
  const notices = new Map<string, Notice>()
  for (const { protocol, attributes } of wanted) {
    if (attributes.RawMessageDelivery !== 'true' && !notices.has(protocol)) notices.set(protocol, await noticeOf(sandbox, topic, message, protocol))
  }
  return wanted.map((subscription) => deliveryOf(sandbox, topic, message, subscription, notices.get(subscription.protocol)))
}

function deliveryOf(sandbox: Sandbox, topic: Topic, message: Message, subscription: Subscription, notice: Notice | undefined): NewDelivery {
  const { protocol, endpoint, id } = subscription
  const isRaw = subscription.attributes.RawMessageDelivery === 'true'
  const { group, deduplicationId, trace } = message
  const deadLetterArn = deadLetterArnOf(subscription)
  const delivery: NewDelivery = {
    account: topic.account,
    region: topic.region,
    target: protocol === 'sqs' || protocol === 'lambda' ? endpoint : subscriptionArn(subscription),
    sender: { service: SERVICE, sourceArn: topicArn(topic) },
    body: isRaw ? bodyFor(message, protocol) : protocol === 'lambda' ? lambdaEvent(sandbox, notice!, message, subscription) : envelope(sandbox, notice!, message, subscription),
    retry: MANAGED,
    ...(trace === undefined ? {} : { trace }),
    ...(group === undefined ? {} : { groupId: group }),
    ...(deduplicationId === undefined ? {} : { deduplicationId }),
    ...(isFifo(topic) ? { lane: `${id} ${group}` } : {}),
    ...(deadLetterArn === undefined ? {} : { deadLetterArn }),
  }
  if (protocol === 'sqs') return isRaw ? { ...delivery, attributes: message.attributes } : delivery
  if (protocol === 'lambda') return delivery
  const { healthyRetryPolicy, requestPolicy } = effectiveOf(topic, subscription)
  return { ...delivery, retry: retryOf(healthyRetryPolicy), http: { url: endpoint, headers: httpHeaders(subscription, 'Notification', message.id, requestPolicy.headerContentType, isRaw) } }
}

/** What an HTTP endpoint is told beside the body ("Parsing Amazon SNS message formats"). */
export function httpHeaders(subscription: Subscription, type: string, messageId: string, contentType = 'text/plain; charset=UTF-8', isRaw = false): Record<string, string> {
  return {
    'x-amz-sns-message-type': type,
    'x-amz-sns-message-id': messageId,
    'x-amz-sns-topic-arn': topicArn(subscription.topic),
    ...(type === 'SubscriptionConfirmation' ? {} : { 'x-amz-sns-subscription-arn': subscriptionArn(subscription) }),
    ...(isRaw ? { 'x-amz-sns-rawdelivery': 'true' } : {}),
    'Content-Type': contentType,
    'User-Agent': 'Amazon Simple Notification Service Agent',
  }
}
