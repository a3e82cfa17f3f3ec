import type { AccessLogSettings, RouteSettings, Stage } from '@aws-sdk/client-apigatewayv2'
import { badRequest, notFound, own, required } from '../apigateway/errors'
import type { HttpApiRecord, StageRecord } from './records'

const MOST_VARIABLES = 100

/** @throws NotFoundException */
export function requireStage(api: HttpApiRecord, name: string | undefined): StageRecord {
  return required(api.stages, name, 'Invalid stage identifier specified')
}

/** Holds a stage against what HTTP APIs know. @throws BadRequestException, NotFoundException for a deployment or route that is not there */
export function checkStage(api: HttpApiRecord, stage: StageRecord): void {
  if (stage.StageName !== '$default' && !/^[a-zA-Z0-9_-]{1,128}$/.test(stage.StageName)) throw badRequest('Stage name only allows a-zA-Z0-9_- and $default')
  if (stage.DeploymentId !== undefined && !own(api.deployments, stage.DeploymentId)) throw notFound(`Invalid Deployment identifier specified ${stage.DeploymentId}`)
  if (stage.ClientCertificateId) throw badRequest('Client certificates are supported for WebSocket APIs only')
  if (Object.keys(stage.StageVariables ?? {}).length > MOST_VARIABLES) throw badRequest(`A stage can have at most ${MOST_VARIABLES} stage variables.`)
  for (const [name, value] of Object.entries(stage.StageVariables ?? {})) {
    if (!/^\w{1,64}$/.test(name)) throw badRequest('Stage variable names may only contain alphanumeric characters and underscores, at most 64.')
    if (!/^[A-Za-z0-9\-._~:/?#&=,]{0,512}$/.test(value)) throw badRequest('Stage variable values are limited to alphanumeric characters and -._~:/?#&=, and to 512 characters.')
  }
  checkAccessLog(stage.AccessLogSettings)
  checkSettings(stage.DefaultRouteSettings)
  for (const [key, settings] of Object.entries(stage.RouteSettings ?? {})) {
    if (!Object.values(api.definition.routes).some(({ RouteKey }) => RouteKey === key)) throw notFound(`Unable to find Route by key ${key} within the provided RouteSettings`)
    checkSettings(settings)
  }
}

function checkAccessLog(settings: AccessLogSettings | undefined): void {
  const { DestinationArn, Format } = settings ?? {}
  if (DestinationArn === undefined && Format === undefined) return
  if (DestinationArn === undefined || Format === undefined) throw badRequest('Access log settings need both a destination ARN and a format.')
  if (/:firehose:/.test(DestinationArn)) throw badRequest('This sandbox has no Firehose; access logs go to CloudWatch Logs.')
  if (!/^arn:aws[\w-]*:logs:[\w-]+:\d{12}:log-group:[\w./#-]+(:\*)?$/.test(DestinationArn)) throw badRequest(`Invalid ARN specified for AccessLogSettings destination: ${DestinationArn}`)
  if (/[\r\n]/.test(Format)) throw badRequest('The access log format must be a single line.')
}

function checkSettings(settings: RouteSettings | undefined): void {
  if (settings?.DataTraceEnabled || (settings?.LoggingLevel ?? 'OFF') !== 'OFF') throw badRequest('Execution logs are not supported on protocolType HTTP')
  if ((settings?.ThrottlingBurstLimit ?? 0) < 0 || (settings?.ThrottlingRateLimit ?? 0) < 0) throw badRequest('Throttling limits must not be negative')
}

/** A stage as AWS shows it. */
export function describeStage({ createdAt, updatedAt, ...stage }: StageRecord): Stage {
  return { ...stage, CreatedDate: new Date(createdAt), LastUpdatedDate: new Date(updatedAt) }
}
