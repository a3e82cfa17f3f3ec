import { ReimportApi$, type ReimportApiRequest, type ReimportApiResponse } from '@aws-sdk/client-apigatewayv2'
import { gatewayOperation } from '../../apigateway/gateway-operation'
import { changeApi } from '../apis'
import { describeApi } from '../http-api'
import { importDocument, readImport } from '../import-openapi'

/** Puts an OpenAPI 3 document in the place of an HTTP API's routes, integrations and authorizers; its stages stay. */
export const reimportApi = gatewayOperation<ReimportApiRequest, ReimportApiResponse>(ReimportApi$, (call) =>
  changeApi(call, async (api) => {
    const notes = await importDocument(call, api, readImport(call.input), call.input)
    const keys = new Set(Object.values(api.definition.routes).map(({ RouteKey }) => RouteKey))
    for (const stage of Object.values(api.stages)) stage.RouteSettings = Object.fromEntries(Object.entries(stage.RouteSettings ?? {}).filter(([key]) => keys.has(key)))
    return { ...describeApi(call.sandbox, api), ...notes }
  }),
)
