import { GetApis$, type GetApisRequest, type GetApisResponse } from '@aws-sdk/client-apigatewayv2'
import { gatewayOperation } from '../../apigateway/gateway-operation'
import { listApis } from '../apis'
import { describeApi } from '../http-api'
import { pageOf } from '../paging'

/** Lists the HTTP APIs of the account in the region. */
export const getApis = gatewayOperation<GetApisRequest, GetApisResponse>(GetApis$, async (call) => {
  const apis = await listApis(call.sandbox, call)
  return pageOf(apis.map((api) => describeApi(call.sandbox, api)), ({ ApiId }) => ApiId!, call.input)
})
