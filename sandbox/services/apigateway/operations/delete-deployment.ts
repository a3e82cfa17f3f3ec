import { DeleteDeployment$, type DeleteDeploymentRequest } from '@aws-sdk/client-api-gateway'
import { changeApi, removeSnapshot } from '../apis'
import { badRequest, required } from '../errors'
import { gatewayOperation } from '../gateway-operation'

/** Deletes a deployment that no stage stands on. */
export const deleteDeployment = gatewayOperation<DeleteDeploymentRequest, object>(DeleteDeployment$, async (call) => {
  const id = call.input.deploymentId!
  const api = await changeApi(call, (record) => {
    required(record.deployments, id, 'Invalid Deployment identifier specified')
    const stages = Object.values(record.stages)
    if (stages.some((stage) => stage.deploymentId === id)) throw badRequest('Active stages pointing to this deployment must be moved or deleted')
    if (stages.some((stage) => stage.canarySettings?.deploymentId === id)) throw badRequest('Active stages with canary settings pointing to this deployment must be moved or deleted')
    delete record.deployments[id]
    return record
  })
  await removeSnapshot(call.sandbox, api, id)
  return {}
})
