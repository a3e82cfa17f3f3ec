import { GetRestApi$, type GetRestApiRequest, type RestApi } from '@aws-sdk/client-api-gateway'
import { requireApi } from '../apis'
import { describeApi } from '../describe'
import { gatewayOperation } from '../gateway-operation'

/** Shows a REST API. */
export const getRestApi = gatewayOperation<GetRestApiRequest, RestApi>(GetRestApi$, async (call) => describeApi(await requireApi(call)))
