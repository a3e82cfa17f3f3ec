import { DeleteStage$, type DeleteStageRequest } from '@aws-sdk/client-api-gateway'
import { flushStage } from '../../../execute-api/rest/response-cache'
import { scopeOf } from '../../../store'
import { changeApi } from '../apis'
import { conflict, without } from '../errors'
import { gatewayOperation } from '../gateway-operation'
import { usagePlans } from '../records'
import { requireStage } from '../stages'

/** Takes a stage away; usage plans that serve it must let go of it first. */
export const deleteStage = gatewayOperation<DeleteStageRequest, object>(DeleteStage$, (call) =>
  changeApi(call, async (api) => {
    const { stageName } = requireStage(api, call.input.stageName)
    const plans = await call.sandbox.store.list(usagePlans, scopeOf(call))
    const plan = plans.find(({ value }) => value.apiStages.some(({ apiId, stage }) => apiId === api.id && stage === stageName))
    if (plan) throw conflict(`Cannot delete stage, it is associated with usage plan ${plan.value.id}. Remove the association first.`)
    flushStage(call.sandbox, api.id, stageName)
    api.stages = without(api.stages, stageName)
    return {}
  }),
)
