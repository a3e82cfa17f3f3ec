import { DeleteDeployment$, type DeleteDeploymentRequest } from '@aws-sdk/client-api-gateway'
import { lockGateway, requireApi, saveApi } from '../apis'
import { badRequest, required } from '../errors'
import { gatewayOperation } from '../gateway-operation'

/** Deletes a deployment that no stage stands on. */
export const deleteDeployment = gatewayOperation<DeleteDeploymentRequest, object>(DeleteDeployment$, (call) =>
  lockGateway(call, async () => {
    const id = call.input.deploymentId!
    const api = structuredClone(await requireApi(call))
    required(api.deployments, id, 'Invalid Deployment identifier specified')
    const stages = Object.values(api.stages)
    if (stages.some((stage) => stage.deploymentId === id)) throw badRequest('Active stages pointing to this deployment must be moved or deleted')
    if (stages.some((stage) => stage.canarySettings?.deploymentId === id)) throw badRequest('Active stages with canary settings pointing to this deployment must be moved or deleted')
    delete api.deployments[id]
    await saveApi(call.sandbox, api, { [id]: undefined })
    return {}
  }),
)
