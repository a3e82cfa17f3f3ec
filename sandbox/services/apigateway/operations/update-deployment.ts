import { UpdateDeployment$, type Deployment, type UpdateDeploymentRequest } from '@aws-sdk/client-api-gateway'
import { changeApi } from '../apis'
import { describeDeployment } from '../describe'
import { required } from '../errors'
import { gatewayOperation } from '../gateway-operation'
import { applyPatch, text } from '../patch'

/** Changes a deployment's description; what it froze stays. */
export const updateDeployment = gatewayOperation<UpdateDeploymentRequest, Deployment>(UpdateDeployment$, (call) =>
  changeApi(call, ({ deployments }) => {
    const deployment = required(deployments, call.input.deploymentId, 'Invalid Deployment identifier specified')
    applyPatch(deployment, call.input.patchOperations, { '/description': text('description') })
    return describeDeployment(deployment)
  }),
)
