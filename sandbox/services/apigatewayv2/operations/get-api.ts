import { GetApi$, type GetApiRequest, type GetApiResponse } from '@aws-sdk/client-apigatewayv2'
import { gatewayOperation } from '../../apigateway/gateway-operation'
import { requireApi } from '../apis'
import { describeApi } from '../http-api'

/** Shows an HTTP API. */
export const getApi = gatewayOperation<GetApiRequest, GetApiResponse>(GetApi$, async (call) => describeApi(call.sandbox, await requireApi(call)))
