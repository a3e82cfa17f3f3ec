import { GetRestApiCommand, GetStagesCommand as GetRestStagesCommand, paginateGetRestApis } from '@aws-sdk/client-api-gateway'
import { GetApiCommand, GetApisCommand, GetStagesCommand, type GetApisCommandOutput } from '@aws-sdk/client-apigatewayv2'
import { API_ID } from './api-address'
import type { CloudClients } from './clients'

export { addressOfApi, apiUrl, pathInStage, readApiUrl, type ApiAddress } from './api-address'

/** An API of an account. */
export interface DeployedApi {
  id: string
  name: string
  kind: 'rest' | 'http'
  /** Names of its stages; none while nothing is deployed. */
  stages: string[]
}

/** All APIs of an account, REST APIs first. @throws what the SDK throws */
export async function listDeployedApis(clients: CloudClients): Promise<DeployedApi[]> {
  const found: DeployedApi[] = []
  for await (const page of paginateGetRestApis({ client: clients.apigateway }, {})) {
    for (const { id, name } of page.items ?? []) found.push({ id: id!, name: name ?? id!, kind: 'rest', stages: await restStages(clients, id!) })
  }
  let next: string | undefined
  do {
    const page: GetApisCommandOutput = await clients.apigatewayv2.send(new GetApisCommand({ ...(next !== undefined && { NextToken: next }) }))
    for (const { ApiId, Name, ProtocolType } of page.Items ?? []) {
      if (ProtocolType === 'HTTP') found.push({ id: ApiId!, name: Name ?? ApiId!, kind: 'http', stages: await httpStages(clients, ApiId!) })
    }
    next = page.NextToken
  } while (next !== undefined)
  return found
}

/**
 * An API by its id, where the account of these clients has it. Every request that Worklab sends to an API goes through
 * here first: ids of other accounts' APIs give undefined.
 *
 * @throws what the SDK throws, an API that is not there aside
 */
export async function findDeployedApi(clients: CloudClients, apiId: string): Promise<DeployedApi | undefined> {
  if (!API_ID.test(apiId)) return undefined
  const rest = await unlessNotFound(clients.apigateway.send(new GetRestApiCommand({ restApiId: apiId })))
  if (rest) return { id: apiId, name: rest.name ?? apiId, kind: 'rest', stages: await restStages(clients, apiId) }
  const http = await unlessNotFound(clients.apigatewayv2.send(new GetApiCommand({ ApiId: apiId })))
  if (http?.ProtocolType !== 'HTTP') return undefined
  return { id: apiId, name: http.Name ?? apiId, kind: 'http', stages: await httpStages(clients, apiId) }
}

async function restStages({ apigateway }: CloudClients, restApiId: string): Promise<string[]> {
  const { item = [] } = await apigateway.send(new GetRestStagesCommand({ restApiId }))
  return item.map(({ stageName }) => stageName!)
}

async function httpStages({ apigatewayv2 }: CloudClients, ApiId: string): Promise<string[]> {
  const { Items = [] } = await apigatewayv2.send(new GetStagesCommand({ ApiId }))
  return Items.map(({ StageName }) => StageName!)
}

async function unlessNotFound<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer
  } catch (error) {
    if ((error as Error).name === 'NotFoundException') return undefined
    throw error
  }
}
