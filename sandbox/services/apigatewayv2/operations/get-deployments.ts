import { GetDeployments$, type GetDeploymentsRequest, type GetDeploymentsResponse } from '@aws-sdk/client-apigatewayv2'
import { gatewayOperation } from '../../apigateway/gateway-operation'
import { requireApi } from '../apis'
import { describeDeployment } from '../deployments'
import { pageOf } from '../paging'

/** Lists the deployments of an HTTP API. */
export const getDeployments = gatewayOperation<GetDeploymentsRequest, GetDeploymentsResponse>(GetDeployments$, async (call) => {
  const { deployments } = await requireApi(call)
  return pageOf(Object.values(deployments).map(describeDeployment), ({ DeploymentId }) => DeploymentId!, call.input)
})
