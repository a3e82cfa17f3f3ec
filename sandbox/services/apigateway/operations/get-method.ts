import { GetMethod$, type GetMethodRequest, type Method } from '@aws-sdk/client-api-gateway'
import { requireApi } from '../apis'
import { gatewayOperation } from '../gateway-operation'
import { requireMethod } from '../methods'

/** Shows a method with its integration and responses. */
export const getMethod = gatewayOperation<GetMethodRequest, Method>(GetMethod$, async (call) => requireMethod((await requireApi(call)).definition, call.input))
