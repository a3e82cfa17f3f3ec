import { CreateStage$, type CreateStageRequest, type CreateStageResponse } from '@aws-sdk/client-apigatewayv2'
import { gatewayOperation } from '../../apigateway/gateway-operation'
import { badRequest, conflict, own } from '../../apigateway/errors'
import { checkedTags } from '../../apigateway/tags'
import { changeApi } from '../apis'
import { checkStage, describeStage } from '../stages'

/** Adds a stage: `$default` answers at the root of the API's address, others under their name. */
export const createStage = gatewayOperation<CreateStageRequest, CreateStageResponse>(CreateStage$, (call) =>
  changeApi(call, (api) => {
    const { ApiId: _, ...given } = call.input
    if (own(api.stages, given.StageName)) throw conflict('Stage already exists')
    if (given.AutoDeploy && given.DeploymentId !== undefined) throw badRequest('Deployment ID cannot be set on stages with AutoDeploy enabled')
    const now = new Date(call.sandbox.now()).toISOString()
    const stage = {
      ...given,
      StageName: given.StageName!,
      AutoDeploy: given.AutoDeploy ?? false,
      DefaultRouteSettings: { DetailedMetricsEnabled: false, ...given.DefaultRouteSettings },
      RouteSettings: given.RouteSettings ?? {},
      StageVariables: given.StageVariables ?? {},
      Tags: checkedTags(given.Tags),
      createdAt: now,
      updatedAt: now,
    }
    checkStage(api, stage)
    api.stages[stage.StageName] = stage
    return describeStage(stage)
  }),
)
