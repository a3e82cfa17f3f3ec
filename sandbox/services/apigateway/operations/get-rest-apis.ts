import { GetRestApis$, type GetRestApisRequest, type RestApis } from '@aws-sdk/client-api-gateway'
import { listApis } from '../apis'
import { describeApi } from '../describe'
import { gatewayOperation } from '../gateway-operation'
import { page } from '../paging'

/** Lists the REST APIs of the region, oldest first. */
export const getRestApis = gatewayOperation<GetRestApisRequest, RestApis>(GetRestApis$, async (call) => {
  const { items, position } = page(await listApis(call.sandbox, call), ({ createdAt, id }) => `${createdAt}/${id}`, call.input)
  return { items: items.map(describeApi), position }
})
