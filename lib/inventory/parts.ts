import { GetStagesCommand, paginateGetResources } from '@aws-sdk/client-api-gateway'
import { GetRoutesCommand, GetStagesCommand as GetHttpStagesCommand } from '@aws-sdk/client-apigatewayv2'
import { ListTagsOfResourceCommand } from '@aws-sdk/client-dynamodb'
import { ListRoleTagsCommand } from '@aws-sdk/client-iam'
import { ListTagsCommand, paginateListAliases, paginateListFunctionUrlConfigs, paginateListVersionsByFunction } from '@aws-sdk/client-lambda'
import { lastOf } from '@/lib/cloud/arn'
import type { CloudClients } from '@/lib/cloud/clients'
import { Look } from './look'
import type { Failure, Resource } from './index'

/** Something that stands inside a resource and has no page of its own. */
export interface Part {
  kind: 'version' | 'alias' | 'url' | 'stage' | 'route'
  name: string
  /** What it leads to: an alias's version, a stage's deployment, a route's integration. */
  detail?: string
}

/**
 * What stands inside a resource and in no list of the account: versions, aliases and URL of a function, stages and routes
 * of an API; and tags, for kinds that have them.
 */
export async function readParts(clients: CloudClients, place: { accountId: string; region: string }, { arn, kind, name }: Resource): Promise<{ parts: Part[]; tags: Record<string, string>; failed: Failure[] }> {
  const look = new Look(clients, place.accountId, place.region)
  const parts: Part[] = []
  let tags: Record<string, string> = {}
  const add = (one: Part['kind'], called: string | undefined, detail?: string) => parts.push({ kind: one, name: called ?? '', ...(detail !== undefined && { detail }) })
  const { apigateway, apigatewayv2, dynamodb, iam, lambda } = clients
  const id = lastOf(arn)
  switch (kind) {
    case 'function': {
      const [versions, aliases, urls, tagged] = await Promise.all([
        look.all('lambda', () => paginateListVersionsByFunction({ client: lambda }, { FunctionName: name }), ({ Versions }) => Versions),
        look.all('lambda', () => paginateListAliases({ client: lambda }, { FunctionName: name }), ({ Aliases }) => Aliases),
        look.all('lambda', () => paginateListFunctionUrlConfigs({ client: lambda }, { FunctionName: name }), ({ FunctionUrlConfigs }) => FunctionUrlConfigs),
        look.ask('lambda', () => lambda.send(new ListTagsCommand({ Resource: arn }))),
      ])
      for (const { Version, Description } of versions) if (Version !== '$LATEST') add('version', Version, Description)
      for (const { Name, FunctionVersion, RoutingConfig } of aliases) {
        const others = Object.entries(RoutingConfig?.AdditionalVersionWeights ?? {}).map(([version, weight]) => `${version} (${Math.round(weight * 100)}%)`)
        add('alias', Name, [FunctionVersion, ...others].join(' + '))
      }
      for (const { FunctionUrl, AuthType } of urls) add('url', FunctionUrl, AuthType)
      tags = tagged?.Tags ?? {}
      break
    }
    case 'rest-api': {
      const [stages, resources] = await Promise.all([
        look.ask('apigateway', () => apigateway.send(new GetStagesCommand({ restApiId: id }))),
        look.all('apigateway', () => paginateGetResources({ client: apigateway }, { restApiId: id, embed: ['methods'] }), ({ items }) => items),
      ])
      for (const { stageName, deploymentId } of stages?.item ?? []) add('stage', stageName, deploymentId)
      for (const { path, resourceMethods } of resources) for (const [method, { methodIntegration }] of Object.entries(resourceMethods ?? {})) add('route', `${method} ${path}`, methodIntegration?.type)
      break
    }
    case 'http-api': {
      const [stages, routes] = await Promise.all([look.ask('apigatewayv2', () => apigatewayv2.send(new GetHttpStagesCommand({ ApiId: id }))), look.ask('apigatewayv2', () => apigatewayv2.send(new GetRoutesCommand({ ApiId: id })))])
      for (const { StageName, DeploymentId } of stages?.Items ?? []) add('stage', StageName, DeploymentId)
      for (const { RouteKey, Target } of routes?.Items ?? []) add('route', RouteKey, Target)
      break
    }
    case 'table':
      tags = named((await look.ask('dynamodb', () => dynamodb.send(new ListTagsOfResourceCommand({ ResourceArn: arn }))))?.Tags)
      break
    case 'role':
      tags = named((await look.ask('iam', () => iam.send(new ListRoleTagsCommand({ RoleName: name }))))?.Tags)
      break
    default:
  }
  return { parts, tags, failed: look.failures() }
}

function named(tags: readonly { Key?: string | undefined; Value?: string | undefined }[] = []): Record<string, string> {
  return Object.fromEntries(tags.map(({ Key = '', Value = '' }) => [Key, Value]))
}
