import { DeleteUsagePlan$, type DeleteUsagePlanRequest } from '@aws-sdk/client-api-gateway'
import { scopeOf } from '../../../store'
import { lockGateway } from '../apis'
import { badRequest } from '../errors'
import { gatewayOperation } from '../gateway-operation'
import { usagePlans } from '../records'
import { requireUsagePlan } from '../usage-plans'

/** Deletes a usage plan that serves no stage. */
export const deleteUsagePlan = gatewayOperation<DeleteUsagePlanRequest, object>(DeleteUsagePlan$, (call) =>
  lockGateway(call, async () => {
    const plan = await requireUsagePlan(call)
    if (plan.apiStages.length > 0) throw badRequest(`Cannot delete Usage Plan ${plan.id} because it has associated API stages`)
    await call.sandbox.store.delete(usagePlans, scopeOf(call), plan.id)
    return {}
  }),
)
