import { CreateStage$, type CreateStageRequest, type Stage } from '@aws-sdk/client-api-gateway'
import { changeApi } from '../apis'
import { describeStage } from '../describe'
import { conflict, own } from '../errors'
import { gatewayOperation } from '../gateway-operation'
import { holdQuota, QUOTAS } from '../quotas'
import { checkReferences } from '../stage-references'
import { checkDeployments, newStage } from '../stages'

/** Puts a deployment on a new stage. */
export const createStage = gatewayOperation<CreateStageRequest, Stage>(CreateStage$, (call) =>
  changeApi(call, async (api) => {
    const stage = newStage(call.input, new Date(call.sandbox.now()).toISOString())
    if (own(api.stages, stage.stageName)) throw conflict('Stage already exists')
    checkDeployments(api, stage)
    await checkReferences(call, api, stage)
    holdQuota(Object.keys(api.stages).length + 1, QUOTAS.stages, 'Stages for this API')
    api.stages = { ...api.stages, [stage.stageName]: stage }
    return describeStage(stage)
  }),
)
