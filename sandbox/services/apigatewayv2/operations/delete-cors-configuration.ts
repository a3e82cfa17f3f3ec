import { DeleteCorsConfiguration$, type DeleteCorsConfigurationRequest } from '@aws-sdk/client-apigatewayv2'
import { gatewayOperation } from '../../apigateway/gateway-operation'
import { changeApi } from '../apis'

/** Takes the CORS configuration from an HTTP API. */
export const deleteCorsConfiguration = gatewayOperation<DeleteCorsConfigurationRequest, object>(DeleteCorsConfiguration$, (call) =>
  changeApi(call, ({ definition }) => {
    delete definition.cors
    return {}
  }),
)
