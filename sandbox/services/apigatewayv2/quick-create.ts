import type { Integration, Route } from '@aws-sdk/client-apigatewayv2'
import type { Call } from '../../operation'
import { badRequest } from '../apigateway/errors'
import { newId } from '../apigateway/ids'
import { checkedIntegration, functionOf } from './integrations'
import type { HttpApiRecord } from './records'
import { checkedRoute } from './routes'

/** What quick create is told. */
export interface QuickTarget {
  Target?: string | undefined
  RouteKey?: string | undefined
  CredentialsArn?: string | undefined
}

/**
 * Puts in what quick create makes: an integration for the target, a route to it (`$default` where no other is told), and
 * the stage `$default` that deploys by itself (API Gateway v2 API reference, CreateApi).
 */
export async function quickCreate(call: Call, api: HttpApiRecord, { Target, RouteKey, CredentialsArn }: QuickTarget): Promise<void> {
  if (Target === undefined) {
    if (RouteKey !== undefined || CredentialsArn !== undefined) throw badRequest('RouteKey and CredentialsArn are supported for quick create only, together with a target')
    return
  }
  const IntegrationId = newId(7)
  api.definition.integrations[IntegrationId] = await checkedIntegration(call, { ApiGatewayManaged: true, IntegrationId, ...settingsOf(Target), ...(CredentialsArn === undefined ? {} : { CredentialsArn }) })
  const route = checkedRoute(api, { ApiGatewayManaged: true, RouteId: newId(7), RouteKey: RouteKey ?? '$default', Target: `integrations/${IntegrationId}` })
  api.definition.routes[route.RouteId!] = route
  const now = new Date(call.sandbox.now()).toISOString()
  api.stages.$default = { ApiGatewayManaged: true, AutoDeploy: true, StageName: '$default', DefaultRouteSettings: { DetailedMetricsEnabled: false }, RouteSettings: {}, StageVariables: {}, Tags: {}, createdAt: now, updatedAt: now }
}

/** Changes what quick create made. @throws BadRequestException where the API was not made so */
export async function changeQuickTarget(call: Call, api: HttpApiRecord, { Target, RouteKey, CredentialsArn }: QuickTarget): Promise<void> {
  if (Target === undefined && RouteKey === undefined && CredentialsArn === undefined) return
  const isManaged = (item: Integration | Route) => item.ApiGatewayManaged
  const integration = Object.values(api.definition.integrations).find(isManaged)
  const route = Object.values(api.definition.routes).find(isManaged)
  if (!integration || !route) throw badRequest('Target, RouteKey and CredentialsArn can be changed for APIs made by quick create only')
  api.definition.integrations[integration.IntegrationId!] = await checkedIntegration(call, { ...integration, ...(Target === undefined ? {} : settingsOf(Target)), ...(CredentialsArn === undefined ? {} : { CredentialsArn }) })
  if (RouteKey !== undefined) api.definition.routes[route.RouteId!] = checkedRoute(api, { ...route, RouteKey })
}

function settingsOf(target: string): Integration {
  if (functionOf(target) !== undefined) return { IntegrationType: 'AWS_PROXY', IntegrationUri: target, IntegrationMethod: 'POST', PayloadFormatVersion: '2.0' }
  return { IntegrationType: 'HTTP_PROXY', IntegrationUri: target, IntegrationMethod: 'ANY', PayloadFormatVersion: '1.0' }
}
