import { GetStage$, type GetStageRequest, type Stage } from '@aws-sdk/client-api-gateway'
import { requireApi } from '../apis'
import { describeStage } from '../describe'
import { gatewayOperation } from '../gateway-operation'
import { requireStage } from '../stages'

/** Shows a stage. */
export const getStage = gatewayOperation<GetStageRequest, Stage>(GetStage$, async (call) => describeStage(requireStage(await requireApi(call), call.input.stageName)))
