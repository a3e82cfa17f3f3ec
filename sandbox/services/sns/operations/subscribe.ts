import { randomUUID } from 'node:crypto'
import { FilterPolicyLimitExceededException, Subscribe$, SubscriptionLimitExceededException, type SubscribeInput, type SubscribeResponse } from '@aws-sdk/client-sns'
import { operation } from '../../../operation'
import { askToConfirm } from '../confirmation'
import { checkEndpoint } from '../endpoints'
import { invalid } from '../errors'
import { isFifo, subscriptionArn } from '../names'
import { named, onTopic } from '../on-topic'
import type { Subscription } from '../records'
import { changedAttributes, isSetAs } from '../subscription-attributes'
import { listSubscriptionsOf, writesOf } from '../subscriptions'
import { lockTopics, requireTopic } from '../topics'

/** SNS quotas: subscriptions of a FIFO topic, filter policies of a topic. */
const MOST_OF_FIFO = 100
export const MOST_FILTERS = 200
const PENDING = 'pending confirmation'

/** Subscribes an endpoint to a topic: the caller's own queues and functions at once, others once they confirm it. */
export const subscribe = operation<SubscribeInput, SubscribeResponse>(Subscribe$, {
  ...onTopic,
  context: async (call) => ({
    ...(await onTopic.context!(call)),
    'sns:Protocol': call.input.Protocol!,
    ...(call.input.Endpoint === undefined ? {} : { 'sns:Endpoint': call.input.Endpoint }),
  }),
  async run(call) {
    const { input, sandbox, account } = call
    const name = named(call)
    const { Protocol: protocol = '', Endpoint: endpoint = '' } = input
    const owner = checkEndpoint(name, protocol, endpoint)
    return lockTopics(sandbox, name.account, async () => {
      const topic = await requireTopic(sandbox, name)
      const attributes = changedAttributes({ topic, protocol }, {}, (input.Attributes ?? {}) as Record<string, string>, true)
      const others = await listSubscriptionsOf(sandbox, name)
      const before = others.find((one) => one.protocol === protocol && one.endpoint === endpoint && one.owner === account)
      if (before && !before.isPending) {
        if (!isSetAs(before, attributes)) throw invalid('Attributes Reason: Subscription already exists with different attributes')
        return { SubscriptionArn: subscriptionArn(before) }
      }
      if (isFifo(topic) && others.length >= MOST_OF_FIFO) throw new SubscriptionLimitExceededException({ message: 'Subscription limit exceeded', $metadata: {} })
      if (attributes.FilterPolicy !== undefined) requireRoomForFilter(others)
      const subscription: Subscription = {
        id: before?.id ?? randomUUID(),
        topic: name,
        owner: account,
        principal: call.principal.arn,
        protocol,
        endpoint,
        attributes,
        isPending: owner !== account,
        isGuarded: owner === account,
        wasAuthenticated: owner === account,
        createdAt: new Date(sandbox.now()).toISOString(),
      }
      const question = subscription.isPending ? await askToConfirm(sandbox, topic, subscription, 'SubscriptionConfirmation') : undefined
      await sandbox.store.batch([...writesOf(subscription), ...(question?.writes ?? [])])
      question?.send()
      return { SubscriptionArn: subscription.isPending && !input.ReturnSubscriptionArn ? PENDING : subscriptionArn(subscription) }
    })
  },
})

/** @throws FilterPolicyLimitExceeded */
export function requireRoomForFilter(others: Subscription[]): void {
  if (others.filter(({ attributes }) => attributes.FilterPolicy !== undefined).length < MOST_FILTERS) return
  throw new FilterPolicyLimitExceededException({ message: 'Filter policy limit exceeded', $metadata: {} })
}
