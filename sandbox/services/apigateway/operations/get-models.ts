import { GetModels$, type GetModelsRequest, type Models } from '@aws-sdk/client-api-gateway'
import { requireApi } from '../apis'
import { gatewayOperation } from '../gateway-operation'
import { page } from '../paging'

/** Lists the models of an API by name. */
export const getModels = gatewayOperation<GetModelsRequest, Models>(GetModels$, async (call) => page(Object.values((await requireApi(call)).definition.models), ({ name }) => name!, call.input))
