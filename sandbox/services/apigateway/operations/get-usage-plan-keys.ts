import { GetUsagePlanKeys$, type GetUsagePlanKeysRequest, type UsagePlanKeys } from '@aws-sdk/client-api-gateway'
import { requireApiKey } from '../api-keys'
import { gatewayOperation } from '../gateway-operation'
import { page } from '../paging'
import { describePlanKey, requireUsagePlan } from '../usage-plans'

/** Lists the API keys of a usage plan. */
export const getUsagePlanKeys = gatewayOperation<GetUsagePlanKeysRequest, UsagePlanKeys>(GetUsagePlanKeys$, async (call) => {
  const plan = await requireUsagePlan(call)
  const keys = await Promise.all(plan.keyIds.map((id) => requireApiKey(call, id)))
  const { items, position } = page(keys.filter(({ name }) => name.startsWith(call.input.nameQuery ?? '')), ({ id }) => id, call.input)
  return { items: items.map(describePlanKey), position }
})
