import { DeleteDeployment$, type DeleteDeploymentRequest } from '@aws-sdk/client-apigatewayv2'
import { gatewayOperation } from '../../apigateway/gateway-operation'
import { badRequest } from '../../apigateway/errors'
import { changeApi } from '../apis'
import { requireDeployment } from '../deployments'

/** Deletes a deployment that no stage stands on. */
export const deleteDeployment = gatewayOperation<DeleteDeploymentRequest, object>(DeleteDeployment$, (call) =>
  changeApi(call, (api) => {
    const { id } = requireDeployment(api, call.input.DeploymentId)
    if (Object.values(api.stages).some(({ DeploymentId }) => DeploymentId === id)) throw badRequest('Active stages pointing to this deployment must be moved or deleted')
    delete api.deployments[id]
    return {}
  }),
)
