import { UpdateStage$, type UpdateStageRequest, type UpdateStageResponse } from '@aws-sdk/client-apigatewayv2'
import { gatewayOperation } from '../../apigateway/gateway-operation'
import { badRequest } from '../../apigateway/errors'
import { changeApi } from '../apis'
import { mergedMap, updated } from '../merge'
import { checkStage, describeStage, requireStage } from '../stages'

/** Changes a stage: its deployment, variables, throttling; a variable set to the empty text is taken away. */
export const updateStage = gatewayOperation<UpdateStageRequest, UpdateStageResponse>(UpdateStage$, (call) =>
  changeApi(call, (api) => {
    const { ApiId: _, ...given } = call.input
    const before = requireStage(api, given.StageName)
    if (given.DeploymentId !== undefined && (given.AutoDeploy ?? before.AutoDeploy)) throw badRequest('Deployment ID cannot be set on stages with AutoDeploy enabled')
    const stage = updated(before, {
      ...given,
      StageVariables: mergedMap(before.StageVariables, given.StageVariables),
      DefaultRouteSettings: { ...before.DefaultRouteSettings, ...given.DefaultRouteSettings },
      RouteSettings: { ...before.RouteSettings, ...given.RouteSettings },
      updatedAt: new Date(call.sandbox.now()).toISOString(),
    })
    checkStage(api, stage)
    api.stages[stage.StageName] = stage
    return describeStage(stage)
  }),
)
