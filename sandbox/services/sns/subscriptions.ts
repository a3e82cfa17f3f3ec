import type { Sandbox } from '../../sandbox'
import { scopeOf, type Write } from '../../store'
import { noSubscription } from './errors'
import { subscriptionArn, type SubscriptionName, type TopicName } from './names'
import { subscribed, subscriptions, type Subscription } from './records'

const keyOf = ({ topic, id }: SubscriptionName) => `${topic.name}/${id}`

export function findSubscription(sandbox: Sandbox, name: SubscriptionName): Promise<Subscription | undefined> {
  return sandbox.store.get(subscriptions, scopeOf(name.topic), keyOf(name))
}

/** @throws NotFound */
export async function requireSubscription(sandbox: Sandbox, name: SubscriptionName): Promise<Subscription> {
  const found = await findSubscription(sandbox, name)
  if (!found) throw noSubscription()
  return found
}

/** The subscriptions of a topic, pending ones too. */
export async function listSubscriptionsOf(sandbox: Sandbox, topic: TopicName): Promise<Subscription[]> {
  return (await sandbox.store.list(subscriptions, scopeOf(topic), { prefix: `${topic.name}/` })).map(({ value }) => value)
}

/** What writes a subscription, or takes one away. */
export function writesOf(subscription: Subscription, isThere = true): Write[] {
  const arn = subscriptionArn(subscription)
  return [
    { collection: subscriptions, scope: scopeOf(subscription.topic), key: keyOf(subscription), ...(isThere ? { value: subscription } : {}) },
    { collection: subscribed, scope: scopeOf({ account: subscription.owner, region: subscription.topic.region }), key: arn, ...(isThere ? { value: { arn } } : {}) },
  ]
}
