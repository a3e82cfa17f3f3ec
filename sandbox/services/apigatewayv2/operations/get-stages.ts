import { GetStages$, type GetStagesRequest, type GetStagesResponse } from '@aws-sdk/client-apigatewayv2'
import { gatewayOperation } from '../../apigateway/gateway-operation'
import { requireApi } from '../apis'
import { pageOf } from '../paging'
import { describeStage } from '../stages'

/** Lists the stages of an HTTP API. */
export const getStages = gatewayOperation<GetStagesRequest, GetStagesResponse>(GetStages$, async (call) => {
  const { stages } = await requireApi(call)
  return pageOf(Object.values(stages).map(describeStage), ({ StageName }) => StageName!, call.input)
})
