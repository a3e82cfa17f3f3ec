import { DeleteStage$, type DeleteStageRequest } from '@aws-sdk/client-apigatewayv2'
import { gatewayOperation } from '../../apigateway/gateway-operation'
import { changeApi } from '../apis'
import { requireStage } from '../stages'

/** Deletes a stage. */
export const deleteStage = gatewayOperation<DeleteStageRequest, object>(DeleteStage$, (call) =>
  changeApi(call, (api) => {
    delete api.stages[requireStage(api, call.input.StageName).StageName]
    return {}
  }),
)
