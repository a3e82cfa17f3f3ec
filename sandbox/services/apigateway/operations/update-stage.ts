import { UpdateStage$, type Stage, type UpdateStageRequest } from '@aws-sdk/client-api-gateway'
import { flushStage } from '../../../execute-api/rest/response-cache'
import { changeApi } from '../apis'
import { describeStage } from '../describe'
import { gatewayOperation } from '../gateway-operation'
import { applyPatch } from '../patch'
import { checkLogs } from '../stage-logs'
import { checkReferences } from '../stage-references'
import { checkDeployments, checkVariables, checkedCanary, requireStage, stageRules } from '../stages'

/** Changes a stage: its deployment, variables, canary, throttling and the settings of its methods. */
export const updateStage = gatewayOperation<UpdateStageRequest, Stage>(UpdateStage$, (call) =>
  changeApi(call, async (api) => {
    const stage = requireStage(api, call.input.stageName)
    const before = structuredClone(stage)
    applyPatch(stage, call.input.patchOperations, stageRules)
    checkVariables(stage.variables)
    if (stage.canarySettings) stage.canarySettings = checkedCanary(stage.canarySettings)
    checkDeployments(api, stage)
    await checkReferences(call, api, stage)
    await checkLogs(call, before, stage)
    // Another cache is an empty one.
    if (stage.cacheClusterEnabled !== before.cacheClusterEnabled || stage.cacheClusterSize !== before.cacheClusterSize) flushStage(call.sandbox, api.id, stage.stageName)
    stage.updatedAt = new Date(call.sandbox.now()).toISOString()
    return describeStage(stage)
  }),
)
