import { FlushStageAuthorizersCache$, type FlushStageAuthorizersCacheRequest } from '@aws-sdk/client-api-gateway'
import { forgetAuthorizations } from '../../../execute-api/rest/authorize-lambda'
import { requireApi } from '../apis'
import { gatewayOperation } from '../gateway-operation'
import { requireStage } from '../stages'

/** Forgets what authorizers said for a stage. */
export const flushStageAuthorizersCache = gatewayOperation<FlushStageAuthorizersCacheRequest, object>(FlushStageAuthorizersCache$, async (call) => {
  const api = await requireApi(call)
  const { stageName } = requireStage(api, call.input.stageName)
  forgetAuthorizations(call.sandbox, api.id, stageName)
  return {}
})
