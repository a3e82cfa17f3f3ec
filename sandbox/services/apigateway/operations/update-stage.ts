import { UpdateStage$, type Stage, type UpdateStageRequest } from '@aws-sdk/client-api-gateway'
import { changeApi } from '../apis'
import { describeStage } from '../describe'
import { gatewayOperation } from '../gateway-operation'
import { applyPatch } from '../patch'
import { checkDeployments, checkVariables, checkedCanary, requireStage, stageRules } from '../stages'

/** Changes a stage: its deployment, variables, canary, throttling and the settings of its methods. */
export const updateStage = gatewayOperation<UpdateStageRequest, Stage>(UpdateStage$, (call) =>
  changeApi(call, (api) => {
    const stage = requireStage(api, call.input.stageName)
    applyPatch(stage, call.input.patchOperations, stageRules)
    checkVariables(stage.variables)
    if (stage.canarySettings) stage.canarySettings = checkedCanary(stage.canarySettings)
    checkDeployments(api, stage)
    stage.updatedAt = new Date(call.sandbox.now()).toISOString()
    return describeStage(stage)
  }),
)
