import { GetDeployment$, type GetDeploymentRequest, type GetDeploymentResponse } from '@aws-sdk/client-apigatewayv2'
import { gatewayOperation } from '../../apigateway/gateway-operation'
import { requireApi } from '../apis'
import { describeDeployment, requireDeployment } from '../deployments'

/** Shows a deployment. */
export const getDeployment = gatewayOperation<GetDeploymentRequest, GetDeploymentResponse>(GetDeployment$, async (call) =>
  describeDeployment(requireDeployment(await requireApi(call), call.input.DeploymentId)),
)
