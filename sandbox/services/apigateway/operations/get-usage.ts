import { GetUsage$, type GetUsageRequest, type Usage } from '@aws-sdk/client-api-gateway'
import { badRequest } from '../errors'
import { gatewayOperation } from '../gateway-operation'
import { page } from '../paging'
import { dailyUsage } from '../quota'
import { requireUsagePlan } from '../usage-plans'

const LONGEST_DAYS = 90

/** Requests by key and day: how many came, how many are left of the quota. */
export const getUsage = gatewayOperation<GetUsageRequest, Usage>(GetUsage$, async (call) => {
  const { startDate, endDate, keyId, position, limit } = call.input
  const plan = await requireUsagePlan(call)
  const days = (Date.parse(endDate!) - Date.parse(startDate!)) / 86_400_000
  if (!/^\d{4}-\d\d-\d\d$/.test(startDate!) || !/^\d{4}-\d\d-\d\d$/.test(endDate!) || !(days >= 0 && days <= LONGEST_DAYS)) {
    throw badRequest(`Invalid date range: dates are YYYY-MM-DD, the end not before the start, at most ${LONGEST_DAYS} days apart`)
  }
  const shown = page(plan.keyIds.filter((id) => keyId === undefined || id === keyId), (id) => id, { position, limit })
  const items: [string, number[][]][] = []
  for (const id of shown.items) items.push([id, await dailyUsage(call.sandbox, { account: call.account, region: call.region, planId: plan.id, keyId: id }, plan.quota, startDate!, endDate!)])
  return { usagePlanId: plan.id, startDate, endDate, items: Object.fromEntries(items), position: shown.position }
})
