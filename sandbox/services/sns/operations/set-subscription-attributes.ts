import { SetSubscriptionAttributes$, type SetSubscriptionAttributesInput } from '@aws-sdk/client-sns'
import { operation } from '../../../operation'
import { parseSubscriptionArn } from '../names'
import { onSubscription } from '../on-topic'
import { changedAttributes } from '../subscription-attributes'
import { listSubscriptionsOf, requireSubscription, writesOf } from '../subscriptions'
import { lockTopics } from '../topics'
import { requireRoomForFilter } from './subscribe'

/** Sets one attribute of a subscription; without a value it is as it was in the beginning. */
export const setSubscriptionAttributes = operation<SetSubscriptionAttributesInput, object>(SetSubscriptionAttributes$, {
  ...onSubscription,
  async run({ sandbox, input }) {
    const name = parseSubscriptionArn(input.SubscriptionArn!)
    await lockTopics(sandbox, name.topic.account, async () => {
      const subscription = await requireSubscription(sandbox, name)
      const attributes = changedAttributes(subscription, subscription.attributes, { [input.AttributeName!]: input.AttributeValue ?? '' }, false)
      if (attributes.FilterPolicy !== undefined && subscription.attributes.FilterPolicy === undefined) requireRoomForFilter(await listSubscriptionsOf(sandbox, name.topic))
      await sandbox.store.batch(writesOf({ ...subscription, attributes }))
    })
    return {}
  },
})
