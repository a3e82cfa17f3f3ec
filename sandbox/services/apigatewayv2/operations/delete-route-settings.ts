import { DeleteRouteSettings$, type DeleteRouteSettingsRequest } from '@aws-sdk/client-apigatewayv2'
import { gatewayOperation } from '../../apigateway/gateway-operation'
import { required } from '../../apigateway/errors'
import { changeApi } from '../apis'
import { requireStage } from '../stages'

/** Takes from a stage what it has set for one route. */
export const deleteRouteSettings = gatewayOperation<DeleteRouteSettingsRequest, object>(DeleteRouteSettings$, (call) =>
  changeApi(call, (api) => {
    const { RouteSettings = {} } = requireStage(api, call.input.StageName)
    required(RouteSettings, call.input.RouteKey, `Unable to find Route by key ${call.input.RouteKey} within the provided RouteSettings`)
    delete RouteSettings[call.input.RouteKey!]
    return {}
  }),
)
