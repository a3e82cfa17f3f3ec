import { GetStages$, type GetStagesRequest, type Stages } from '@aws-sdk/client-api-gateway'
import { requireApi } from '../apis'
import { describeStage } from '../describe'
import { gatewayOperation } from '../gateway-operation'

/** Lists the stages of an API, or those on one deployment. */
export const getStages = gatewayOperation<GetStagesRequest, Stages>(GetStages$, async (call) => {
  const { stages } = await requireApi(call)
  const { deploymentId } = call.input
  return { item: Object.values(stages).filter((stage) => deploymentId === undefined || stage.deploymentId === deploymentId).map(describeStage) }
})
