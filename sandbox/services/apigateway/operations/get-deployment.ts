import { GetDeployment$, type Deployment, type GetDeploymentRequest } from '@aws-sdk/client-api-gateway'
import { requireApi, snapshotOf } from '../apis'
import { describeDeployment } from '../describe'
import { required } from '../errors'
import { gatewayOperation } from '../gateway-operation'

/** Shows a deployment; `embed=apisummary` tells its methods by path. */
export const getDeployment = gatewayOperation<GetDeploymentRequest, Deployment>(GetDeployment$, async (call) => {
  const { input, sandbox } = call
  const api = await requireApi(call)
  const deployment = describeDeployment(required(api.deployments, input.deploymentId, 'Invalid Deployment identifier specified'))
  if (!input.embed?.includes('apisummary')) return deployment
  const snapshot = (await snapshotOf(sandbox, api, input.deploymentId!))!
  const summary = Object.values(snapshot.resources).map((resource) => {
    const methods = Object.entries(resource.methods).map(([name, method]) => [name, { authorizationType: method.authorizationType, apiKeyRequired: method.apiKeyRequired }])
    return [resource.path, Object.fromEntries(methods)]
  })
  return { ...deployment, apiSummary: Object.fromEntries(summary) }
})
