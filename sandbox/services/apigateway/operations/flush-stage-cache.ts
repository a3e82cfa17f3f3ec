import { FlushStageCache$, type FlushStageCacheRequest } from '@aws-sdk/client-api-gateway'
import { requireApi } from '../apis'
import { gatewayOperation } from '../gateway-operation'
import { requireStage } from '../stages'

/** There is no response cache to empty; tells only whether the stage is there. */
export const flushStageCache = gatewayOperation<FlushStageCacheRequest, object>(FlushStageCache$, async (call) => {
  requireStage(await requireApi(call), call.input.stageName)
  return {}
})
