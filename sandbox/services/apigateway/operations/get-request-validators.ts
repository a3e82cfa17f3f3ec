import { GetRequestValidators$, type GetRequestValidatorsRequest, type RequestValidators } from '@aws-sdk/client-api-gateway'
import { requireApi } from '../apis'
import { gatewayOperation } from '../gateway-operation'
import { page } from '../paging'

/** Lists the request validators of an API. */
export const getRequestValidators = gatewayOperation<GetRequestValidatorsRequest, RequestValidators>(GetRequestValidators$, async (call) =>
  page(Object.values((await requireApi(call)).definition.requestValidators), ({ id }) => id!, call.input),
)
