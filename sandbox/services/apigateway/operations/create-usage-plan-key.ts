import { CreateUsagePlanKey$, type CreateUsagePlanKeyRequest, type UsagePlanKey } from '@aws-sdk/client-api-gateway'
import { scopeOf } from '../../../store'
import { requireApiKey } from '../api-keys'
import { badRequest, conflict } from '../errors'
import { gatewayOperation } from '../gateway-operation'
import { holdQuota, QUOTAS } from '../quotas'
import { usagePlans } from '../records'
import { changeUsagePlan, describePlanKey } from '../usage-plans'

/** Lets a usage plan serve an API key. A key may be in one plan only for the same stage. */
export const createUsagePlanKey = gatewayOperation<CreateUsagePlanKeyRequest, UsagePlanKey>(CreateUsagePlanKey$, (call) =>
  changeUsagePlan(call, async (plan) => {
    if (call.input.keyType !== 'API_KEY') throw badRequest('Usage Plan Key type must be API_KEY')
    const key = await requireApiKey(call, call.input.keyId!)
    if (plan.keyIds.includes(key.id)) throw conflict('Usage plan key already exists')
    const stages = new Set(plan.apiStages.map(({ apiId, stage }) => `${apiId}:${stage}`))
    const others = (await call.sandbox.store.list(usagePlans, scopeOf(call))).map(({ value }) => value).filter(({ keyIds }) => keyIds.includes(key.id))
    holdQuota(others.length + 1, QUOTAS.usagePlansOfKey, 'Usage Plans for this API Key')
    for (const other of others) {
      if (other.apiStages.some(({ apiId, stage }) => stages.has(`${apiId}:${stage}`))) {
        throw conflict('Usage plan key cannot be added because it is already in another usage plan for the same API stage')
      }
    }
    plan.keyIds.push(key.id)
    return describePlanKey(key)
  }),
)
