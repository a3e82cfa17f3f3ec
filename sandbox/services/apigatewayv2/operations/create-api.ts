import { CreateApi$, type CreateApiRequest, type CreateApiResponse } from '@aws-sdk/client-apigatewayv2'
import { gatewayOperation } from '../../apigateway/gateway-operation'
import { addApi } from '../apis'
import { describeApi, newHttpApi } from '../http-api'
import { quickCreate } from '../quick-create'

/** Makes an HTTP API; with a target also the integration, route and stage that serve it. */
export const createApi = gatewayOperation<CreateApiRequest, CreateApiResponse>(CreateApi$, async (call) => {
  const api = newHttpApi(call, call.input)
  await addApi(call, api, (made) => quickCreate(call, made, call.input))
  return describeApi(call.sandbox, api)
})
