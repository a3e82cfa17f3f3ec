import { paginateGetResources } from '@aws-sdk/client-api-gateway'
import { GetRoutesCommand } from '@aws-sdk/client-apigatewayv2'
import type { CloudClients } from '@/lib/cloud'
import { findDeployedApi, listDeployedApis, type DeployedApi } from '@/lib/cloud/deployed-api'

/** An API to test, with its routes. */
export interface ApiView extends DeployedApi {
  routes: { method: string; path: string }[]
}

/** The account's APIs with their routes, or only the one of this id. @throws what the SDK throws */
export async function apiViews(clients: CloudClients, apiId?: string): Promise<ApiView[]> {
  const apis = apiId === undefined ? await listDeployedApis(clients) : [await findDeployedApi(clients, apiId)].filter((one) => one !== undefined)
  return Promise.all(apis.map(async (api) => ({ ...api, routes: await (api.kind === 'rest' ? restRoutes(clients, api.id) : httpRoutes(clients, api.id)) })))
}

async function restRoutes({ apigateway }: CloudClients, restApiId: string): Promise<ApiView['routes']> {
  const routes: ApiView['routes'] = []
  for await (const { items = [] } of paginateGetResources({ client: apigateway }, { restApiId })) {
    for (const { path = '/', resourceMethods = {} } of items) routes.push(...Object.keys(resourceMethods).map((method) => ({ method, path })))
  }
  return sorted(routes)
}

async function httpRoutes({ apigatewayv2 }: CloudClients, ApiId: string): Promise<ApiView['routes']> {
  const { Items = [] } = await apigatewayv2.send(new GetRoutesCommand({ ApiId, MaxResults: '300' }))
  return sorted(Items.map(({ RouteKey = '' }) => (RouteKey === '$default' ? { method: 'ANY', path: '/' } : { method: RouteKey.split(' ')[0]!, path: RouteKey.split(' ')[1] ?? '/' })))
}

function sorted(routes: ApiView['routes']): ApiView['routes'] {
  return routes.sort((a, b) => a.path.localeCompare(b.path) || a.method.localeCompare(b.method))
}
