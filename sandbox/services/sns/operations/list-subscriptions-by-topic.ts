import { ListSubscriptionsByTopic$, type ListSubscriptionsByTopicInput, type ListSubscriptionsByTopicResponse } from '@aws-sdk/client-sns'
import { operation } from '../../../operation'
import { listed } from '../listed'
import { subscriptionArn } from '../names'
import { onTopic, topicOf } from '../on-topic'
import { page } from '../paging'
import { listSubscriptionsOf } from '../subscriptions'

/** Lists a topic's subscriptions, a hundred at a time. */
export const listSubscriptionsByTopic = operation<ListSubscriptionsByTopicInput, ListSubscriptionsByTopicResponse>(ListSubscriptionsByTopic$, {
  ...onTopic,
  async run(call) {
    const all = await listSubscriptionsOf(call.sandbox, await topicOf(call))
    const { items, ...more } = page(all, subscriptionArn, call.input.NextToken)
    return { Subscriptions: items.map(listed), ...more }
  },
})
