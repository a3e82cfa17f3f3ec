import type { Sandbox } from '../../sandbox'
import { AwsError } from '../../errors'
import { askToConfirm } from './confirmation'
import type { SubscriptionName } from './names'
import { findSubscription, writesOf } from './subscriptions'
import { findTopic, lockTopics } from './topics'

/**
 * Ends a subscription; one that is not there any more is no mistake.
 * @param account of the caller; undefined where the call is not signed
 * @throws AuthorizationError where neither the topic's nor the subscription's owner asks for one that is guarded
 */
export async function unsubscribe(sandbox: Sandbox, name: SubscriptionName, account: string | undefined): Promise<void> {
  await lockTopics(sandbox, name.topic.account, async () => {
    const subscription = await findSubscription(sandbox, name)
    if (!subscription) return
    const isOwner = account === subscription.owner || account === name.topic.account
    if (!isOwner && (account !== undefined || subscription.isGuarded)) throw new AwsError('AuthorizationError', 'Not authorized to unsubscribe from this topic', 403)
    const topic = await findTopic(sandbox, name.topic)
    // HTTP endpoints are always told, others where it was not they who ended it.
    const isTold = !subscription.isPending && (subscription.protocol.startsWith('http') || account !== subscription.owner)
    const farewell = topic && isTold ? await askToConfirm(sandbox, topic, subscription, 'UnsubscribeConfirmation') : undefined
    await sandbox.store.batch([...writesOf(subscription, false), ...(farewell?.writes ?? [])])
    farewell?.send()
  })
}
