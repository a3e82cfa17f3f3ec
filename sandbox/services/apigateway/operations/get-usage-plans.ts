import { GetUsagePlans$, type GetUsagePlansRequest, type UsagePlans } from '@aws-sdk/client-api-gateway'
import { scopeOf } from '../../../store'
import { describeUsagePlan } from '../describe'
import { gatewayOperation } from '../gateway-operation'
import { page } from '../paging'
import { usagePlans } from '../records'

/** Lists the usage plans of the region, or those that serve a key. */
export const getUsagePlans = gatewayOperation<GetUsagePlansRequest, UsagePlans>(GetUsagePlans$, async (call) => {
  const plans = (await call.sandbox.store.list(usagePlans, scopeOf(call))).map(({ value }) => value)
  const { keyId } = call.input
  const { items, position } = page(plans.filter((plan) => keyId === undefined || plan.keyIds.includes(keyId)), ({ createdAt, id }) => `${createdAt}/${id}`, call.input)
  return { items: items.map(describeUsagePlan), position }
})
