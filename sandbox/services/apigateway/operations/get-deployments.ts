import { GetDeployments$, type Deployments, type GetDeploymentsRequest } from '@aws-sdk/client-api-gateway'
import { requireApi } from '../apis'
import { describeDeployment } from '../describe'
import { gatewayOperation } from '../gateway-operation'
import { page } from '../paging'

/** Lists the deployments of an API, oldest first. */
export const getDeployments = gatewayOperation<GetDeploymentsRequest, Deployments>(GetDeployments$, async (call) => {
  const { deployments } = await requireApi(call)
  const { items, position } = page(Object.values(deployments), ({ createdAt, id }) => `${createdAt}/${id}`, call.input)
  return { items: items.map(describeDeployment), position }
})
