import { CreateDeployment$, type CreateDeploymentRequest, type Deployment } from '@aws-sdk/client-api-gateway'
import { lockGateway, requireApi, saveApi } from '../apis'
import { deploy } from '../deployments'
import { describeDeployment } from '../describe'
import { gatewayOperation } from '../gateway-operation'

/** Freezes the API as it is now, and puts it on a stage where one is named. */
export const createDeployment = gatewayOperation<CreateDeploymentRequest, Deployment>(CreateDeployment$, (call) =>
  lockGateway(call, async () => {
    const api = structuredClone(await requireApi(call))
    const { deployment, snapshot } = deploy(api, call.input, new Date(call.sandbox.now()).toISOString())
    await saveApi(call.sandbox, api, { [deployment.id]: snapshot })
    return describeDeployment(deployment)
  }),
)
