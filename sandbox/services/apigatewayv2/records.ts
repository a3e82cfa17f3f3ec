import type { Authorizer, Cors, Integration, IpAddressType, Route, Stage } from '@aws-sdk/client-apigatewayv2'
import { collection } from '../../store'

/** What a deployment freezes. */
export interface Definition {
  cors?: Cors
  /** It does not answer under its own name. */
  isEndpointDisabled?: boolean
  routes: Record<string, Route>
  integrations: Record<string, Integration>
  authorizers: Record<string, Authorizer>
}

export interface DeploymentRecord {
  id: string
  description?: string
  isAutomatic: boolean
  createdAt: string
}

/** A stage as AWS shows it, its times as text. */
export interface StageRecord extends Omit<Stage, 'StageName' | 'CreatedDate' | 'LastUpdatedDate'> {
  StageName: string
  createdAt: string
  updatedAt: string
}

/** An HTTP API with all that hangs on it but the deployments' snapshots, so that each change is one write. */
export interface HttpApiRecord {
  id: string
  account: string
  region: string
  name: string
  description?: string
  version?: string
  createdAt: string
  ipAddressType: IpAddressType
  tags: Record<string, string>
  definition: Definition
  deployments: Record<string, DeploymentRecord>
  stages: Record<string, StageRecord>
}

/** Scope: `account/region`; key: the API's id. */
export const httpApis = collection<HttpApiRecord>('apigatewayv2/apis')
/** Where an API is: its host name tells neither account nor region. Scope: ALL; key: the API's id. */
export const apiPlaces = collection<{ account: string; region: string }>('apigatewayv2/places')
/** Scope: `account/region`; key: `api/deployment`. Never changed once written. */
export const snapshots = collection<Definition>('apigatewayv2/snapshots')
