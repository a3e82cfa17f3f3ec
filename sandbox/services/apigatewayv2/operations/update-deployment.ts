import { UpdateDeployment$, type UpdateDeploymentRequest, type UpdateDeploymentResponse } from '@aws-sdk/client-apigatewayv2'
import { gatewayOperation } from '../../apigateway/gateway-operation'
import { changeApi } from '../apis'
import { describeDeployment, requireDeployment } from '../deployments'

/** Changes the description of a deployment. */
export const updateDeployment = gatewayOperation<UpdateDeploymentRequest, UpdateDeploymentResponse>(UpdateDeployment$, (call) =>
  changeApi(call, (api) => {
    const deployment = requireDeployment(api, call.input.DeploymentId)
    if (call.input.Description !== undefined) deployment.description = call.input.Description
    return describeDeployment(deployment)
  }),
)
