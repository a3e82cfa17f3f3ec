import { GetAuthorizers$, type Authorizers, type GetAuthorizersRequest } from '@aws-sdk/client-api-gateway'
import { requireApi } from '../apis'
import { gatewayOperation } from '../gateway-operation'
import { page } from '../paging'

/** Lists the authorizers of an API. */
export const getAuthorizers = gatewayOperation<GetAuthorizersRequest, Authorizers>(GetAuthorizers$, async (call) =>
  page(Object.values((await requireApi(call)).definition.authorizers), ({ id }) => id!, call.input),
)
