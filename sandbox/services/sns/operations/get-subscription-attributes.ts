import { GetSubscriptionAttributes$, type GetSubscriptionAttributesInput, type GetSubscriptionAttributesResponse } from '@aws-sdk/client-sns'
import { operation } from '../../../operation'
import { parseSubscriptionArn } from '../names'
import { onSubscription } from '../on-topic'
import { describeSubscription } from '../subscription-attributes'
import { requireSubscription } from '../subscriptions'
import { requireTopic } from '../topics'

/** Tells all attributes of a subscription. */
export const getSubscriptionAttributes = operation<GetSubscriptionAttributesInput, GetSubscriptionAttributesResponse>(GetSubscriptionAttributes$, {
  ...onSubscription,
  async run(call) {
    const subscription = await requireSubscription(call.sandbox, parseSubscriptionArn(call.input.SubscriptionArn!))
    return { Attributes: describeSubscription(await requireTopic(call.sandbox, subscription.topic), subscription) }
  },
})
