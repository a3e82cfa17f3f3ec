import { ExportApi$, type ExportApiRequest, type ExportApiResponse } from '@aws-sdk/client-apigatewayv2'
import { stringify } from 'yaml'
import { badRequest } from '../../apigateway/errors'
import { gatewayOperation } from '../../apigateway/gateway-operation'
import { requireApi, snapshotOf } from '../apis'
import { exportDocument } from '../export-openapi'
import { endpointOf } from '../http-api'
import { requireStage } from '../stages'

/** An HTTP API as an OpenAPI 3 document in JSON or YAML: as it is deployed on a stage, or as it is now. */
export const exportApi = gatewayOperation<ExportApiRequest, ExportApiResponse>(ExportApi$, async (call) => {
  const { input, sandbox } = call
  const api = await requireApi(call)
  if (input.Specification !== 'OAS30') throw badRequest(`Invalid specification ${input.Specification}: only OAS30 is supported.`)
  if (input.OutputType !== 'JSON' && input.OutputType !== 'YAML') throw badRequest(`Invalid output type ${input.OutputType}: JSON and YAML are supported.`)
  if ((input.ExportVersion ?? '1.0') !== '1.0') throw badRequest(`Invalid export version ${input.ExportVersion}: only 1.0 is supported.`)
  const stage = input.StageName === undefined ? undefined : requireStage(api, input.StageName)
  const deployed = stage?.DeploymentId === undefined ? undefined : await snapshotOf(sandbox, api, stage.DeploymentId)
  if (stage && !deployed) throw badRequest(`Stage ${stage.StageName} has no deployment to export.`)
  const basePath = stage === undefined || stage.StageName === '$default' ? '' : stage.StageName
  const document = exportDocument(api, deployed ?? api.definition, { url: endpointOf(sandbox, api), basePath, extensions: input.IncludeExtensions ?? true })
  return { body: Buffer.from(input.OutputType === 'YAML' ? stringify(document) : JSON.stringify(document, null, 2)) }
})
