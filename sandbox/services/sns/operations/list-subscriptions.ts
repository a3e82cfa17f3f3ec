import { ListSubscriptions$, type ListSubscriptionsInput, type ListSubscriptionsResponse } from '@aws-sdk/client-sns'
import { operation } from '../../../operation'
import { scopeOf } from '../../../store'
import { listed } from '../listed'
import { parseSubscriptionArn } from '../names'
import { page } from '../paging'
import { subscribed } from '../records'
import { findSubscription } from '../subscriptions'

/** Lists what the account subscribed to, a hundred at a time. */
export const listSubscriptions = operation<ListSubscriptionsInput, ListSubscriptionsResponse>(ListSubscriptions$, {
  resource: () => '*',
  async run(call) {
    const { sandbox, input } = call
    const { items, ...more } = page(await sandbox.store.list(subscribed, scopeOf(call)), ({ key }) => key, input.NextToken)
    const found = await Promise.all(items.map(({ key }) => findSubscription(sandbox, parseSubscriptionArn(key))))
    return { Subscriptions: found.flatMap((one) => (one ? [listed(one)] : [])), ...more }
  },
})
