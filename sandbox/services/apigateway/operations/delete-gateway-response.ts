import { DeleteGatewayResponse$, type DeleteGatewayResponseRequest } from '@aws-sdk/client-api-gateway'
import { changeApi } from '../apis'
import { required, without } from '../errors'
import { gatewayOperation } from '../gateway-operation'

/** Takes back the customisation of a response that API Gateway itself gives. */
export const deleteGatewayResponse = gatewayOperation<DeleteGatewayResponseRequest, object>(DeleteGatewayResponse$, (call) =>
  changeApi(call, ({ definition }) => {
    const type = call.input.responseType!
    required(definition.gatewayResponses, type, 'Gateway response type not defined on api')
    definition.gatewayResponses = without(definition.gatewayResponses, type)
    return {}
  }),
)
