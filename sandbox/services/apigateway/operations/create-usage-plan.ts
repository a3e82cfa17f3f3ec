import { CreateUsagePlan$, type CreateUsagePlanRequest, type UsagePlan } from '@aws-sdk/client-api-gateway'
import { scopeOf } from '../../../store'
import { lockGateway } from '../apis'
import { describeUsagePlan } from '../describe'
import { gatewayOperation } from '../gateway-operation'
import { newId } from '../ids'
import { holdQuota, QUOTAS } from '../quotas'
import { usagePlans, type UsagePlanRecord } from '../records'
import { checkedTags } from '../tags'
import { checkUsagePlan } from '../usage-plans'

/** Makes a usage plan: which stages its keys open, how fast and how often. */
export const createUsagePlan = gatewayOperation<CreateUsagePlanRequest, UsagePlan>(CreateUsagePlan$, (call) =>
  lockGateway(call, async () => {
    const { name, description, apiStages = [], throttle, quota, tags } = call.input
    const plan: UsagePlanRecord = {
      id: newId(6),
      name: name!,
      ...(description === undefined ? {} : { description }),
      apiStages,
      ...(throttle ? { throttle: { burstLimit: throttle.burstLimit ?? 0, rateLimit: throttle.rateLimit ?? 0 } } : {}),
      ...(quota ? { quota: { limit: quota.limit ?? 0, offset: quota.offset ?? 0, period: quota.period } } : {}),
      tags: checkedTags(tags),
      keyIds: [],
      createdAt: new Date(call.sandbox.now()).toISOString(),
    }
    await checkUsagePlan(call, plan)
    holdQuota((await call.sandbox.store.list(usagePlans, scopeOf(call))).length + 1, QUOTAS.usagePlans, 'Usage Plans for this account')
    await call.sandbox.store.put(usagePlans, scopeOf(call), plan.id, plan)
    return describeUsagePlan(plan)
  }),
)
