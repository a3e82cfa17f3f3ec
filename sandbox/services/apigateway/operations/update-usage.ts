import { UpdateUsage$, type UpdateUsageRequest, type Usage } from '@aws-sdk/client-api-gateway'
import { badRequest, notFound } from '../errors'
import { gatewayOperation } from '../gateway-operation'
import { applyPatch, number } from '../patch'
import { dailyUsage, dayOf, grant, periodStart } from '../quota'
import { requireUsagePlan } from '../usage-plans'

/** Sets how many requests are left for a key in the current period: `/remaining`. */
export const updateUsage = gatewayOperation<UpdateUsageRequest, Usage>(UpdateUsage$, async (call) => {
  const { keyId, patchOperations } = call.input
  const plan = await requireUsagePlan(call)
  if (!plan.keyIds.includes(keyId!)) throw notFound('Invalid Usage Plan Key identifier specified')
  const { quota } = plan
  if (!quota) throw badRequest('Usage Plan has no quota')
  const wanted: { remaining?: number } = {}
  applyPatch(wanted, patchOperations, { '/remaining': number(['remaining']) })
  const key = { account: call.account, region: call.region, planId: plan.id, keyId: keyId! }
  if (wanted.remaining !== undefined) await grant(call.sandbox, key, quota, wanted.remaining)
  const now = call.sandbox.now()
  const [startDate, endDate] = [periodStart(now, quota.period!, quota.offset), dayOf(now)]
  return { usagePlanId: plan.id, startDate, endDate, items: { [keyId!]: await dailyUsage(call.sandbox, key, quota, startDate, endDate) } }
})
