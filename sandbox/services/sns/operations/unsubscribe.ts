import { Unsubscribe$, type UnsubscribeInput } from '@aws-sdk/client-sns'
import { operation } from '../../../operation'
import { parseSubscriptionArn } from '../names'
import { onSubscription } from '../on-topic'
import { unsubscribe as end } from '../unsubscribe'

/** Ends a subscription. */
export const unsubscribe = operation<UnsubscribeInput, object>(Unsubscribe$, {
  ...onSubscription,
  async run(call) {
    await end(call.sandbox, parseSubscriptionArn(call.input.SubscriptionArn!), call.account)
    return {}
  },
})
