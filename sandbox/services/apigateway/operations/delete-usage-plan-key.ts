import { DeleteUsagePlanKey$, type DeleteUsagePlanKeyRequest } from '@aws-sdk/client-api-gateway'
import { notFound } from '../errors'
import { gatewayOperation } from '../gateway-operation'
import { changeUsagePlan } from '../usage-plans'

/** Takes an API key out of a usage plan. */
export const deleteUsagePlanKey = gatewayOperation<DeleteUsagePlanKeyRequest, object>(DeleteUsagePlanKey$, (call) =>
  changeUsagePlan(call, (plan) => {
    const { keyId } = call.input
    if (!plan.keyIds.includes(keyId!)) throw notFound('Invalid Usage Plan Key identifier specified')
    plan.keyIds = plan.keyIds.filter((id) => id !== keyId)
    return {}
  }),
)
