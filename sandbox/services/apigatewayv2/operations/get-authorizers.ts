import { GetAuthorizers$, type GetAuthorizersRequest, type GetAuthorizersResponse } from '@aws-sdk/client-apigatewayv2'
import { gatewayOperation } from '../../apigateway/gateway-operation'
import { requireApi } from '../apis'
import { pageOf } from '../paging'

/** Lists the authorizers of an HTTP API. */
export const getAuthorizers = gatewayOperation<GetAuthorizersRequest, GetAuthorizersResponse>(GetAuthorizers$, async (call) => {
  const { definition } = await requireApi(call)
  return pageOf(Object.values(definition.authorizers), ({ AuthorizerId }) => AuthorizerId!, call.input)
})
