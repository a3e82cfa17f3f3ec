import { FlushStageCache$, type FlushStageCacheRequest } from '@aws-sdk/client-api-gateway'
import { flushStage } from '../../../execute-api/rest/response-cache'
import { requireApi } from '../apis'
import { gatewayOperation } from '../gateway-operation'
import { requireStage } from '../stages'

/** Forgets the responses that a stage's cache holds. */
export const flushStageCache = gatewayOperation<FlushStageCacheRequest, object>(FlushStageCache$, async (call) => {
  const api = await requireApi(call)
  flushStage(call.sandbox, api.id, requireStage(api, call.input.stageName).stageName)
  return {}
})
