import { DeleteAccessLogSettings$, type DeleteAccessLogSettingsRequest } from '@aws-sdk/client-apigatewayv2'
import { gatewayOperation } from '../../apigateway/gateway-operation'
import { changeApi } from '../apis'
import { requireStage } from '../stages'

/** Takes the access log from a stage. */
export const deleteAccessLogSettings = gatewayOperation<DeleteAccessLogSettingsRequest, object>(DeleteAccessLogSettings$, (call) =>
  changeApi(call, (api) => {
    delete requireStage(api, call.input.StageName).AccessLogSettings
    return {}
  }),
)
