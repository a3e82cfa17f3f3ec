import { GetRoutes$, type GetRoutesRequest, type GetRoutesResponse } from '@aws-sdk/client-apigatewayv2'
import { gatewayOperation } from '../../apigateway/gateway-operation'
import { requireApi } from '../apis'
import { pageOf } from '../paging'

/** Lists the routes of an HTTP API. */
export const getRoutes = gatewayOperation<GetRoutesRequest, GetRoutesResponse>(GetRoutes$, async (call) => {
  const { definition } = await requireApi(call)
  return pageOf(Object.values(definition.routes), ({ RouteId }) => RouteId!, call.input)
})
