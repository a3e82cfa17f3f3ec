import { GetStage$, type GetStageRequest, type GetStageResponse } from '@aws-sdk/client-apigatewayv2'
import { gatewayOperation } from '../../apigateway/gateway-operation'
import { requireApi } from '../apis'
import { describeStage, requireStage } from '../stages'

/** Shows a stage. */
export const getStage = gatewayOperation<GetStageRequest, GetStageResponse>(GetStage$, async (call) =>
  describeStage(requireStage(await requireApi(call), call.input.StageName)),
)
