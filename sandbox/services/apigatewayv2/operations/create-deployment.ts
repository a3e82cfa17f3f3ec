import { CreateDeployment$, type CreateDeploymentRequest, type CreateDeploymentResponse } from '@aws-sdk/client-apigatewayv2'
import { gatewayOperation } from '../../apigateway/gateway-operation'
import { badRequest, notFound, own } from '../../apigateway/errors'
import { changeApi } from '../apis'
import { describeDeployment, requireDeployment } from '../deployments'

/** Freezes the API as it is; with a stage's name puts it there. */
export const createDeployment = gatewayOperation<CreateDeploymentRequest, CreateDeploymentResponse>(CreateDeployment$, (call) =>
  changeApi(call, (api, deploy) => {
    const { StageName, Description } = call.input
    const stage = own(api.stages, StageName)
    if (StageName !== undefined && !stage) throw notFound('Invalid stage identifier specified')
    if (stage?.AutoDeploy) throw badRequest('Deployment ID cannot be set on stages with AutoDeploy enabled')
    const id = deploy(Description)
    if (stage) stage.DeploymentId = id
    return describeDeployment(requireDeployment(api, id))
  }),
)
