import { DeleteIntegration$, type DeleteIntegrationRequest } from '@aws-sdk/client-api-gateway'
import { changeApi } from '../apis'
import { gatewayOperation } from '../gateway-operation'
import { requireIntegration, requireMethod } from '../methods'

/** Takes a method's integration away. */
export const deleteIntegration = gatewayOperation<DeleteIntegrationRequest, object>(DeleteIntegration$, (call) =>
  changeApi(call, ({ definition }) => {
    requireIntegration(definition, call.input)
    delete requireMethod(definition, call.input).methodIntegration
    return {}
  }),
)
