import type { Account, ApiKey, Deployment, Method, Resource, RestApi, Stage, UsagePlan } from '@aws-sdk/client-api-gateway'
import type { ApiKeyRecord, ApiResource, DeploymentRecord, RestApiRecord, StageRecord, UsagePlanRecord } from './records'

/** An API as GetRestApi shows it. */
export function describeApi({ id, name, description, version, createdAt, endpointConfiguration, disableExecuteApiEndpoint, rootResourceId, tags, warnings, definition }: RestApiRecord): RestApi {
  return {
    id,
    name,
    description,
    version,
    createdDate: new Date(createdAt),
    warnings,
    binaryMediaTypes: some(definition.binaryMediaTypes),
    minimumCompressionSize: definition.minimumCompressionSize,
    apiKeySource: definition.apiKeySource,
    endpointConfiguration,
    // AWS gives the policy as the inside of a JSON string, and Terraform counts on it.
    policy: definition.policy === undefined ? undefined : JSON.stringify(definition.policy).slice(1, -1),
    tags: someEntries(tags),
    disableExecuteApiEndpoint,
    rootResourceId,
  }
}

/** A resource; its methods by name only, or whole where they were asked for. */
export function describeResource({ id, parentId, pathPart, path, methods }: ApiResource, isEmbedded = false): Resource {
  const shown = isEmbedded ? methods : Object.fromEntries(Object.keys(methods).map((name): [string, Method] => [name, {}]))
  return { id, parentId, pathPart, path, resourceMethods: someEntries(shown) }
}

export function describeDeployment({ id, description, createdAt }: DeploymentRecord): Deployment {
  return { id, description, createdDate: new Date(createdAt) }
}

export function describeStage({ createdAt, updatedAt, tags, variables, ...stage }: StageRecord): Stage {
  return {
    ...stage,
    cacheClusterStatus: stage.cacheClusterEnabled ? 'AVAILABLE' : 'NOT_AVAILABLE',
    variables: someEntries(variables),
    tags: someEntries(tags),
    createdDate: new Date(createdAt),
    lastUpdatedDate: new Date(updatedAt),
  }
}

/** @param isWithValue the value itself is shown only to those who ask for it */
export function describeApiKey({ createdAt, updatedAt, value, tags, ...key }: ApiKeyRecord, isWithValue: boolean | undefined): ApiKey {
  return { ...key, value: isWithValue ? value : undefined, tags: someEntries(tags), createdDate: new Date(createdAt), lastUpdatedDate: new Date(updatedAt) }
}

export function describeUsagePlan({ createdAt: _, keyIds: _keys, tags, ...plan }: UsagePlanRecord): UsagePlan {
  return { ...plan, tags: someEntries(tags) }
}

function some<T>(items: T[]): T[] | undefined {
  return items.length > 0 ? items : undefined
}

function someEntries<T>(of: Record<string, T>): Record<string, T> | undefined {
  return Object.keys(of).length > 0 ? of : undefined
}

/** The account's limits as AWS gives them to each (API Gateway quotas, "Account-level throttling per Region"). */
export function describeAccount(settings: { cloudwatchRoleArn?: string } | undefined): Account {
  return { ...settings, throttleSettings: { burstLimit: 5000, rateLimit: 10_000 }, features: ['UsagePlans'], apiKeyVersion: '4' }
}
