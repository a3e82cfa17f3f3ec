import { GetUsagePlanKey$, type GetUsagePlanKeyRequest, type UsagePlanKey } from '@aws-sdk/client-api-gateway'
import { requireApiKey } from '../api-keys'
import { notFound } from '../errors'
import { gatewayOperation } from '../gateway-operation'
import { describePlanKey, requireUsagePlan } from '../usage-plans'

/** Shows an API key of a usage plan. */
export const getUsagePlanKey = gatewayOperation<GetUsagePlanKeyRequest, UsagePlanKey>(GetUsagePlanKey$, async (call) => {
  const plan = await requireUsagePlan(call)
  if (!plan.keyIds.includes(call.input.keyId!)) throw notFound('Invalid Usage Plan Key identifier specified')
  return describePlanKey(await requireApiKey(call, call.input.keyId!))
})
