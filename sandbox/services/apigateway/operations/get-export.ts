import { GetExport$, type ExportResponse, type GetExportRequest } from '@aws-sdk/client-api-gateway'
import { stringify } from 'yaml'
import { requireApi, snapshotOf } from '../apis'
import { badRequest } from '../errors'
import { exportDocument } from '../export-openapi'
import { gatewayOperation } from '../gateway-operation'
import { requireStage } from '../stages'

/** A stage's API as an OpenAPI 3 document in JSON or YAML, with API Gateway's extensions where asked. */
export const getExport = gatewayOperation<GetExportRequest, ExportResponse>(GetExport$, async (call) => {
  const { input, sandbox } = call
  const api = await requireApi(call)
  const stage = requireStage(api, input.stageName)
  if (input.exportType !== 'oas30') throw badRequest(`Invalid export type ${input.exportType}: this sandbox exports oas30.`)
  const accepts = input.accepts ?? 'application/json'
  if (accepts !== 'application/json' && accepts !== 'application/yaml') throw badRequest('Accept must be application/json or application/yaml')
  const wanted = (input.parameters?.extensions ?? '').split(',').map((name) => name.trim())
  const isAll = wanted.includes('apigateway')
  const url = new URL(sandbox.url())
  const document = exportDocument(api, (await snapshotOf(sandbox, api, stage.deploymentId))!, stage.stageName, `http://${api.id}.execute-api.localhost:${url.port}`, { integrations: isAll || wanted.includes('integrations'), authorizers: isAll || wanted.includes('authorizers') })
  const isYaml = accepts === 'application/yaml'
  return {
    contentType: isYaml ? 'application/octet-stream' : 'application/json',
    contentDisposition: `attachment; filename="oas30_${new Date(sandbox.now()).toISOString()}.${isYaml ? 'yaml' : 'json'}"`,
    body: Buffer.from(isYaml ? stringify(document) : JSON.stringify(document, null, 2)),
  }
})
