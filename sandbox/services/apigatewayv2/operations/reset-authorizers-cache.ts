import { ResetAuthorizersCache$, type ResetAuthorizersCacheRequest } from '@aws-sdk/client-apigatewayv2'
import { resetAuthorizers } from '../../../execute-api/http-api/authorize-lambda'
import { gatewayOperation } from '../../apigateway/gateway-operation'
import { requireApi } from '../apis'
import { requireStage } from '../stages'

/** Forgets what the Lambda authorizers of a stage said. */
export const resetAuthorizersCache = gatewayOperation<ResetAuthorizersCacheRequest, object>(ResetAuthorizersCache$, async (call) => {
  const api = await requireApi(call)
  resetAuthorizers(call.sandbox.store, api.id, requireStage(api, call.input.StageName).StageName)
  return {}
})
