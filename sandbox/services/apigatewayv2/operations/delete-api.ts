import { DeleteApi$, type DeleteApiRequest } from '@aws-sdk/client-apigatewayv2'
import { gatewayOperation } from '../../apigateway/gateway-operation'
import { removeApi } from '../apis'

/** Deletes an HTTP API with all that is in it. */
export const deleteApi = gatewayOperation<DeleteApiRequest, object>(DeleteApi$, async (call) => {
  await removeApi(call)
  return {}
})
