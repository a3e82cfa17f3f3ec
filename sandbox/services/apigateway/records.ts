import type {
  AccessLogSettings,
  ApiKeySourceType,
  Authorizer,
  CacheClusterSize,
  CanarySettings,
  DocumentationPartLocation,
  EndpointConfiguration,
  GatewayResponse,
  Method,
  MethodSetting,
  Model,
  QuotaSettings,
  RequestValidator,
  ThrottleSettings,
  ApiStage,
  VpcLinkStatus,
} from '@aws-sdk/client-api-gateway'
import { collection } from '../../store'

/** A resource of the path tree with its methods; a method holds its integration and responses, as AWS shows it. */
export interface ApiResource {
  id: string
  parentId?: string
  pathPart?: string
  path: string
  methods: Record<string, Method>
}

/** What a deployment freezes. */
export interface Definition {
  apiKeySource: ApiKeySourceType
  binaryMediaTypes: string[]
  minimumCompressionSize?: number
  /** Resource policy as JSON, with whole ARNs. */
  policy?: string
  resources: Record<string, ApiResource>
  models: Record<string, Model>
  requestValidators: Record<string, RequestValidator>
  authorizers: Record<string, Authorizer>
  /** Only those that were customised. */
  gatewayResponses: Record<string, GatewayResponse>
}

export interface DeploymentRecord {
  id: string
  description?: string
  createdAt: string
}

export interface StageRecord {
  stageName: string
  deploymentId: string
  description?: string
  clientCertificateId?: string
  cacheClusterEnabled: boolean
  cacheClusterSize?: CacheClusterSize
  methodSettings: Record<string, MethodSetting>
  variables: Record<string, string>
  documentationVersion?: string
  accessLogSettings?: AccessLogSettings
  canarySettings?: CanarySettings
  tracingEnabled: boolean
  webAclArn?: string
  tags: Record<string, string>
  createdAt: string
  updatedAt: string
}

/** A REST API with all that hangs on it but the deployments' snapshots, so that each change is one write. */
export interface RestApiRecord {
  id: string
  account: string
  region: string
  name: string
  description?: string
  version?: string
  createdAt: string
  endpointConfiguration: EndpointConfiguration
  disableExecuteApiEndpoint: boolean
  rootResourceId: string
  tags: Record<string, string>
  warnings?: string[]
  definition: Definition
  deployments: Record<string, DeploymentRecord>
  stages: Record<string, StageRecord>
}

export interface ApiKeyRecord {
  id: string
  value: string
  name: string
  description?: string
  customerId?: string
  enabled: boolean
  createdAt: string
  updatedAt: string
  stageKeys: string[]
  tags: Record<string, string>
}

export interface UsagePlanRecord {
  id: string
  name: string
  description?: string
  apiStages: ApiStage[]
  throttle?: ThrottleSettings
  quota?: QuotaSettings
  productCode?: string
  tags: Record<string, string>
  /** Ids of the API keys that the plan serves. */
  keyIds: string[]
  createdAt: string
}

/** What is told of a part of an API: its properties are a JSON object, as text. */
export interface DocumentationPartRecord {
  id: string
  location: DocumentationPartLocation
  properties: string
}

/** The documentation as it was when the version was made. */
export interface DocumentationVersionRecord {
  version: string
  description?: string
  createdAt: string
  parts: DocumentationPartRecord[]
}

export interface ClientCertificateRecord {
  id: string
  description?: string
  /** PEM. */
  certificate: string
  createdAt: string
  expiresAt: string
  tags: Record<string, string>
}

export interface VpcLinkRecord {
  id: string
  name: string
  description?: string
  targetArns: string[]
  status: VpcLinkStatus
  createdAt: string
  tags: Record<string, string>
}

/** Scope: `account/region`; key: the API's id. */
export const restApis = collection<RestApiRecord>('apigateway/rest-apis')
/** Where an API is: its host name tells neither account nor region. Scope: ALL; key: the API's id. */
export const apiPlaces = collection<{ account: string; region: string }>('apigateway/places')
/** Scope: `account/region`; key: `api/deployment`. Never changed once written. */
export const snapshots = collection<Definition>('apigateway/snapshots')
/** Scope: `account/region`; key: the key's id. */
export const apiKeys = collection<ApiKeyRecord>('apigateway/api-keys')
/** Scope: `account/region`; key: the plan's id. */
export const usagePlans = collection<UsagePlanRecord>('apigateway/usage-plans')
/** Requests of a day, and what a caller added to the quota. Scope: `account/region`; key: `plan/key/2026-01-02`. */
export const usage = collection<{ used: number }>('apigateway/usage')
/** What is left of the quota of a period where UpdateUsage set it. Scope: `account/region`; key: `plan/key`. */
export const quotaGrants = collection<{ periodStart: string; extra: number }>('apigateway/quota-grants')
/** Scope: `account`; key: the region. */
export const accountSettings = collection<{ cloudwatchRoleArn?: string }>('apigateway/account')
/** Scope: `account/region`; key: `api/part`. */
export const documentationParts = collection<DocumentationPartRecord>('apigateway/documentation-parts')
/** Scope: `account/region`; key: `api/version`. Never changed but for the description. */
export const documentationVersions = collection<DocumentationVersionRecord>('apigateway/documentation-versions')
/** Scope: `account/region`; key: the certificate's id. */
export const clientCertificates = collection<ClientCertificateRecord>('apigateway/client-certificates')
/** Scope: `account/region`; key: the link's id. */
export const vpcLinks = collection<VpcLinkRecord>('apigateway/vpc-links')
