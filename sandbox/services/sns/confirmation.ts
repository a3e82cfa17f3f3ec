import { randomBytes, randomUUID } from 'node:crypto'
import type { NewDelivery } from '../../outbox'
import type { Sandbox } from '../../sandbox'
import { accountOf, scopeOf, type Write } from '../../store'
import { effectiveOf, MANAGED, retryOf } from './delivery-policy'
import { invalid } from './errors'
import { subscriptionArn, topicArn } from './names'
import { httpHeaders, isMail, SERVICE } from './publish'
import { tokens, type Subscription, type Topic } from './records'
import { sign } from './signature'
import { findSubscription, writesOf } from './subscriptions'
import { lockTopics, requireTopic } from './topics'

/** "Tokens are valid for two days." */
const VALID_MS = 2 * 86_400_000
const ALARM = 'sns'

/**
 * Asks a subscriber whether it wants a topic's messages, or tells it that it gets none any more and may begin anew.
 * @returns what to write, and what sends it off then
 */
export async function askToConfirm(sandbox: Sandbox, topic: Topic, subscription: Subscription, type: 'SubscriptionConfirmation' | 'UnsubscribeConfirmation'): Promise<{ writes: Write[]; send(): void }> {
  const token = randomBytes(64).toString('hex')
  const scope = scopeOf(topic)
  const until = sandbox.now() + VALID_MS
  const isBeginning = type === 'SubscriptionConfirmation'
  const SubscribeURL = `${sandbox.url()}/?Action=ConfirmSubscription&TopicArn=${topicArn(topic)}&Token=${token}`
  const document = {
    Type: type,
    MessageId: randomUUID(),
    Token: token,
    TopicArn: topicArn(topic),
    Message: isBeginning
      ? `You have chosen to subscribe to the topic ${topicArn(topic)}.\nTo confirm the subscription, visit the SubscribeURL included in this message.`
      : `You have chosen to deactivate subscription ${subscriptionArn(subscription)}.\nTo cancel this operation and restore the subscription, visit the SubscribeURL included in this message.`,
    SubscribeURL,
    Timestamp: new Date(sandbox.now()).toISOString(),
  }
  const body = JSON.stringify({ ...document, ...(await sign(sandbox, document, topic.attributes.SignatureVersion ?? '1')) })
  const common = { account: topic.account, region: topic.region, sender: { service: SERVICE, sourceArn: topicArn(topic) }, body }
  const { protocol, endpoint } = subscription
  const deliveries: NewDelivery[] = []
  if (protocol.startsWith('http')) deliveries.push({ ...common, target: subscriptionArn(subscription), retry: retryOf(effectiveOf(topic, subscription).healthyRetryPolicy), http: { url: endpoint, headers: httpHeaders(subscription, type, document.MessageId) } })
  else if (protocol === 'sqs') deliveries.push({ ...common, target: endpoint, retry: MANAGED })
  // No mail leaves the sandbox: who runs it finds the link here.
  else if (isMail(protocol) && isBeginning) console.warn(`${topicArn(topic)}: a mail to ${endpoint} would hold this link: ${SubscribeURL}`)
  const outgoing = sandbox.outbox.prepare(sandbox, deliveries)
  return {
    writes: [{ collection: tokens, scope, key: token, value: { subscription } }, sandbox.alarms.write(ALARM, scope, token, until), ...outgoing.writes],
    send() {
      sandbox.alarms.set(ALARM, scope, token, until)
      outgoing.send()
    },
  }
}

/** Confirms by a token. @throws InvalidParameter where it is not one of the topic's, NotFound without the topic */
export function confirm(sandbox: Sandbox, topicName: { account: string; region: string; name: string }, token: string, by: { isSigned: boolean; isGuarded: boolean }): Promise<Subscription> {
  return lockTopics(sandbox, topicName.account, async () => {
    await requireTopic(sandbox, topicName)
    const found = await sandbox.store.get(tokens, scopeOf(topicName), token)
    if (found?.subscription.topic.name !== topicName.name) throw invalid('Token')
    const current = (await findSubscription(sandbox, found.subscription)) ?? found.subscription
    const subscription: Subscription = { ...current, isPending: false, isGuarded: current.isGuarded || by.isGuarded, wasAuthenticated: by.isSigned }
    await sandbox.store.batch(writesOf(subscription))
    return subscription
  })
}

/** A token has run out: a subscription that waits for it still is no more. */
export async function expireToken(sandbox: Sandbox, scope: string, token: string): Promise<void> {
  await lockTopics(sandbox, accountOf(scope), async () => {
    const found = await sandbox.store.get(tokens, scope, token)
    const subscription = found && (await findSubscription(sandbox, found.subscription))
    const gone = subscription?.isPending ? writesOf(subscription, false) : []
    await sandbox.store.batch([{ collection: tokens, scope, key: token }, sandbox.alarms.write(ALARM, scope, token, undefined), ...gone])
  })
}
