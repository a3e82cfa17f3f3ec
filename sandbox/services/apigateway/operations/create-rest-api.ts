import { CreateRestApi$, type CreateRestApiRequest, type RestApi } from '@aws-sdk/client-api-gateway'
import { findApi, lockGateway, saveApi } from '../apis'
import { describeApi } from '../describe'
import { badRequest } from '../errors'
import { gatewayOperation, mayChangePolicy } from '../gateway-operation'
import { holdApiQuota } from '../quotas'
import { newRestApi } from '../rest-api'

/** Makes a REST API with its root resource, or one with the content of another (`cloneFrom`). */
export const createRestApi = gatewayOperation<CreateRestApiRequest, RestApi>(CreateRestApi$, async (call) => {
  const { input, sandbox } = call
  return lockGateway(call, async () => {
    const api = newRestApi(call, input)
    if (input.policy) await mayChangePolicy(call, '/restapis')
    if (input.cloneFrom !== undefined) {
      const source = await findApi(sandbox, call, input.cloneFrom)
      if (!source) throw badRequest('Invalid API identifier specified for cloneFrom')
      api.definition = { ...structuredClone(source.definition), ...(input.binaryMediaTypes ? { binaryMediaTypes: input.binaryMediaTypes } : {}) }
      api.rootResourceId = source.rootResourceId
    }
    await holdApiQuota(call, api)
    await saveApi(sandbox, api)
    return describeApi(api)
  })
})
