import { ConfirmSubscription$, type ConfirmSubscriptionInput, type ConfirmSubscriptionResponse } from '@aws-sdk/client-sns'
import { operation } from '../../../operation'
import { confirm } from '../confirmation'
import { subscriptionArn } from '../names'
import { named, onTopic } from '../on-topic'

/** Confirms a subscription by the token that its endpoint got. */
export const confirmSubscription = operation<ConfirmSubscriptionInput, ConfirmSubscriptionResponse>(ConfirmSubscription$, {
  ...onTopic,
  async run(call) {
    const { Token, AuthenticateOnUnsubscribe } = call.input
    const subscription = await confirm(call.sandbox, named(call), Token!, { isSigned: true, isGuarded: AuthenticateOnUnsubscribe === 'true' })
    return { SubscriptionArn: subscriptionArn(subscription) }
  },
})
