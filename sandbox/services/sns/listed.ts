import type { Subscription as WireSubscription } from '@aws-sdk/client-sns'
import { subscriptionArn, topicArn } from './names'
import type { Subscription } from './records'

/** A subscription as lists show it: while it waits it has no ARN that one could use. */
export function listed(subscription: Subscription): WireSubscription {
  const { owner, protocol, endpoint, topic, isPending } = subscription
  return { SubscriptionArn: isPending ? 'PendingConfirmation' : subscriptionArn(subscription), Owner: owner, Protocol: protocol, Endpoint: endpoint, TopicArn: topicArn(topic) }
}
