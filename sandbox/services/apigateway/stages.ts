import type { CacheClusterSize, CanarySettings, MethodSetting } from '@aws-sdk/client-api-gateway'
import { badRequest, own, required } from './errors'
import { flag, map, number, optionalText, readNumber, text, type PatchRule, type PatchRules } from './patch'
import { holdQuota, QUOTAS } from './quotas'
import type { RestApiRecord, StageRecord } from './records'
import { checkedTags } from './tags'

/** What may be told of a new stage. */
export interface NewStage {
  stageName?: string | undefined
  deploymentId?: string | undefined
  description?: string | undefined
  cacheClusterEnabled?: boolean | undefined
  cacheClusterSize?: CacheClusterSize | undefined
  variables?: Record<string, string> | undefined
  documentationVersion?: string | undefined
  canarySettings?: CanarySettings | undefined
  tracingEnabled?: boolean | undefined
  tags?: Record<string, string> | undefined
}

const DEFAULT_SETTING: MethodSetting = {
  metricsEnabled: false,
  loggingLevel: 'OFF',
  dataTraceEnabled: false,
  throttlingBurstLimit: 5000,
  throttlingRateLimit: 10_000,
  cachingEnabled: false,
  cacheTtlInSeconds: 300,
  cacheDataEncrypted: false,
  requireAuthorizationForCacheControl: true,
  unauthorizedCacheControlHeaderStrategy: 'SUCCEED_WITH_RESPONSE_HEADER',
}

/** @throws NotFoundException */
export function requireStage(api: RestApiRecord, stageName: string | undefined): StageRecord {
  return required(api.stages, stageName, 'Invalid stage identifier specified')
}

/** A stage from what CreateStage or CreateDeployment is given. @throws BadRequestException */
export function newStage(input: NewStage, now: string): StageRecord {
  if (!/^[a-zA-Z0-9_-]{1,128}$/.test(input.stageName!)) throw badRequest('Stage name only allows a-zA-Z0-9_-')
  checkVariables(input.variables)
  return {
    stageName: input.stageName!,
    deploymentId: input.deploymentId!,
    ...(input.description === undefined ? {} : { description: input.description }),
    cacheClusterEnabled: input.cacheClusterEnabled ?? false,
    ...(input.cacheClusterSize === undefined ? {} : { cacheClusterSize: input.cacheClusterSize }),
    methodSettings: {},
    variables: input.variables ?? {},
    ...(input.documentationVersion === undefined ? {} : { documentationVersion: input.documentationVersion }),
    ...(input.canarySettings === undefined ? {} : { canarySettings: checkedCanary(input.canarySettings) }),
    tracingEnabled: input.tracingEnabled ?? false,
    tags: checkedTags(input.tags),
    createdAt: now,
    updatedAt: now,
  }
}

/** Names and values as AWS takes them. @throws BadRequestException, LimitExceededException */
export function checkVariables(variables: Record<string, string> | undefined): void {
  holdQuota(Object.keys(variables ?? {}).length, QUOTAS.stageVariables, 'stage variables for this stage')
  for (const [name, value] of Object.entries(variables ?? {})) {
    if (!/^[a-zA-Z0-9_]{1,64}$/.test(name)) throw badRequest('Stage variable names may only contain alphanumeric characters and underscores, at most 64.')
    if (!/^[A-Za-z0-9\-._~:/?#&=,]*$/.test(value) || value.length > 512) {
      throw badRequest('Stage variable values are limited to alphanumeric characters and -._~:/?#&=, and to 512 characters.')
    }
  }
}

/** @throws BadRequestException where the share is none */
export function checkedCanary(canary: CanarySettings): CanarySettings {
  const share = canary.percentTraffic ?? 0
  if (share < 0 || share > 100) throw badRequest('Invalid canary setting: percentTraffic must be between 0.0 and 100.0')
  checkVariables(canary.stageVariableOverrides)
  return { ...canary, percentTraffic: share, useStageCache: canary.useStageCache ?? false }
}

/** @throws BadRequestException where a stage or its canary stands on a deployment that is not there */
export function checkDeployments(api: RestApiRecord, { deploymentId, canarySettings }: StageRecord): void {
  for (const id of [deploymentId, canarySettings?.deploymentId]) {
    if (id !== undefined && !own(api.deployments, id)) throw badRequest('Deployment id does not exist')
  }
}

/** One setting of a method, or of all: `/{resource path}/{method}/throttling/burstLimit`, stars for all. */
function setting(name: keyof MethodSetting, read: (value: string) => unknown): PatchRule<StageRecord> {
  return {
    ops: ['replace', 'add'],
    apply(stage, value, [path, method]) {
      const key = settingKey(path!, method!)
      stage.methodSettings = { ...stage.methodSettings, [key]: { ...DEFAULT_SETTING, ...own(stage.methodSettings, key), [name]: read(value) } }
    },
  }
}

/** Under which name a stage keeps the settings of a method: slashes of the path as `~1`. */
export function settingKey(path: string, method: string): string {
  return `${path.replaceAll('/', '~1')}/${method}`
}

const asBoolean = (value: string) => value.toLowerCase() === 'true'

/** What holds for a method on a stage. */
export interface Settings {
  of: MethodSetting
  /** Whether they were made for this method, not for all of the stage. */
  isOwn: boolean
}

/** The settings of a method on a stage: its own, else those for all methods. */
export function settingsOf({ methodSettings }: StageRecord, path: string, httpMethods: string[]): Settings | undefined {
  const paths = [path, path.replace(/^\//, '')]
  const mine = paths.flatMap((one) => httpMethods.map((verb) => own(methodSettings, settingKey(one, verb)))).find((found) => found !== undefined)
  const of = mine ?? own(methodSettings, '*/*')
  return of && { of, isOwn: mine !== undefined }
}

/** What UpdateStage changes (API Gateway API reference, UpdateStage). */
export const stageRules: PatchRules<StageRecord> = {
  '/description': optionalText('description'),
  '/deploymentId': {
    ops: ['replace', 'copy'],
    apply(stage, value, _keys, op) {
      if (op === 'copy' && value !== '/canarySettings/deploymentId') throw badRequest(`Invalid copy source '${value}' for /deploymentId`)
      stage.deploymentId = (op === 'copy' ? stage.canarySettings?.deploymentId : value) ?? stage.deploymentId
    },
  },
  '/clientCertificateId': optionalText('clientCertificateId'),
  '/cacheClusterEnabled': flag('cacheClusterEnabled'),
  '/cacheClusterSize': optionalText('cacheClusterSize'),
  '/documentationVersion': optionalText('documentationVersion'),
  '/tracingEnabled': flag('tracingEnabled'),
  '/webAclArn': optionalText('webAclArn'),
  '/accessLogSettings': { ops: ['remove'], apply: (stage) => void delete stage.accessLogSettings },
  '/accessLogSettings/destinationArn': text('accessLogSettings', 'destinationArn'),
  '/accessLogSettings/format': text('accessLogSettings', 'format'),
  '/canarySettings': { ops: ['remove'], apply: (stage) => void delete stage.canarySettings },
  '/canarySettings/deploymentId': text('canarySettings', 'deploymentId'),
  '/canarySettings/percentTraffic': number(['canarySettings', 'percentTraffic'], { max: 100, isWhole: false }),
  '/canarySettings/useStageCache': flag('canarySettings', 'useStageCache'),
  '/canarySettings/stageVariableOverrides/{name}': map(['canarySettings', 'stageVariableOverrides']),
  '/variables': {
    ops: ['copy'],
    apply(stage, from) {
      if (from !== '/canarySettings/stageVariableOverrides') throw badRequest(`Invalid copy source '${from}' for /variables`)
      stage.variables = { ...stage.variables, ...stage.canarySettings?.stageVariableOverrides }
    },
  },
  '/variables/{name}': map(['variables']),
  '/{path}/{method}/metrics/enabled': setting('metricsEnabled', asBoolean),
  '/{path}/{method}/logging/loglevel': setting('loggingLevel', (value) => value),
  '/{path}/{method}/logging/dataTrace': setting('dataTraceEnabled', asBoolean),
  '/{path}/{method}/throttling/burstLimit': setting('throttlingBurstLimit', (value) => readNumber(value, 'burstLimit', { min: -1 })),
  '/{path}/{method}/throttling/rateLimit': setting('throttlingRateLimit', (value) => readNumber(value, 'rateLimit', { min: -1, isWhole: false })),
  '/{path}/{method}/caching/enabled': setting('cachingEnabled', asBoolean),
  '/{path}/{method}/caching/ttlInSeconds': setting('cacheTtlInSeconds', (value) => readNumber(value, 'ttlInSeconds', { max: 3600 })),
  '/{path}/{method}/caching/dataEncrypted': setting('cacheDataEncrypted', asBoolean),
  '/{path}/{method}/caching/requireAuthorizationForCacheControl': setting('requireAuthorizationForCacheControl', asBoolean),
  '/{path}/{method}/caching/unauthorizedCacheControlHeaderStrategy': setting('unauthorizedCacheControlHeaderStrategy', (value) => value),
  '/{path}/{method}': {
    ops: ['remove'],
    apply(stage, _value, [path, method]) {
      const { [settingKey(path!, method!)]: _, ...others } = stage.methodSettings
      stage.methodSettings = others
    },
  },
}
