import { GetUsagePlan$, type GetUsagePlanRequest, type UsagePlan } from '@aws-sdk/client-api-gateway'
import { describeUsagePlan } from '../describe'
import { gatewayOperation } from '../gateway-operation'
import { requireUsagePlan } from '../usage-plans'

/** Shows a usage plan. */
export const getUsagePlan = gatewayOperation<GetUsagePlanRequest, UsagePlan>(GetUsagePlan$, async (call) => describeUsagePlan(await requireUsagePlan(call)))
