import { ImportApi$, type ImportApiRequest, type ImportApiResponse } from '@aws-sdk/client-apigatewayv2'
import { gatewayOperation } from '../../apigateway/gateway-operation'
import { addApi } from '../apis'
import { describeApi, newHttpApi } from '../http-api'
import { importDocument, readImport, type Notes } from '../import-openapi'

/** Makes an HTTP API from an OpenAPI 3 document. */
export const importApi = gatewayOperation<ImportApiRequest, ImportApiResponse>(ImportApi$, async (call) => {
  const document = readImport(call.input)
  const api = newHttpApi(call, { Name: String(document.info.title), ProtocolType: 'HTTP' })
  let notes: Notes | undefined
  await addApi(call, api, async (made) => {
    notes = await importDocument(call, made, document, call.input)
  })
  return { ...describeApi(call.sandbox, api), ...notes }
})
