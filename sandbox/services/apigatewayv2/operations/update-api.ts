import { UpdateApi$, type UpdateApiRequest, type UpdateApiResponse } from '@aws-sdk/client-apigatewayv2'
import { gatewayOperation } from '../../apigateway/gateway-operation'
import { changeApi } from '../apis'
import { checkSelection, checkedCors, checkedName, describeApi } from '../http-api'
import { changeQuickTarget } from '../quick-create'

/** Changes an HTTP API: name, description, version, CORS, its own endpoint, and what quick create made. */
export const updateApi = gatewayOperation<UpdateApiRequest, UpdateApiResponse>(UpdateApi$, (call) =>
  changeApi(call, async (api) => {
    const { input } = call
    checkSelection(input)
    if (input.Name !== undefined) api.name = checkedName(input.Name)
    if (input.Description !== undefined) api.description = input.Description
    if (input.Version !== undefined) api.version = input.Version
    if (input.DisableExecuteApiEndpoint !== undefined) api.definition.isEndpointDisabled = input.DisableExecuteApiEndpoint
    if (input.IpAddressType !== undefined) api.ipAddressType = input.IpAddressType
    if (input.CorsConfiguration !== undefined) api.definition.cors = checkedCors(input.CorsConfiguration)
    await changeQuickTarget(call, api, input)
    return describeApi(call.sandbox, api)
  }),
)
