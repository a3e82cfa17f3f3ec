import { ConflictException, type CreateApiKeyRequest } from '@aws-sdk/client-api-gateway'
import type { Call } from '../../operation'
import { scopeOf } from '../../store'
import { badRequest, notFound } from './errors'
import { newId, newKeyValue } from './ids'
import { holdQuota, QUOTAS } from './quotas'
import { apiKeys, type ApiKeyRecord } from './records'
import { checkedTags } from './tags'

/** @throws NotFoundException */
export async function requireApiKey(call: Call, id: string): Promise<ApiKeyRecord> {
  const found = await call.sandbox.store.get(apiKeys, scopeOf(call), id)
  if (!found) throw notFound('Invalid API Key identifier specified')
  return found
}

/** All keys of the region, oldest first. */
export async function listApiKeys({ sandbox, account, region }: Pick<Call, 'sandbox' | 'account' | 'region'>): Promise<ApiKeyRecord[]> {
  return (await sandbox.store.list(apiKeys, scopeOf({ account, region }))).map(({ value }) => value)
}

/** A new key, its value given or made. @throws BadRequestException, ConflictException where the value is taken, LimitExceededException */
export function newApiKey(call: Call, input: CreateApiKeyRequest, others: ApiKeyRecord[]): ApiKeyRecord {
  const now = new Date(call.sandbox.now()).toISOString()
  if (input.value !== undefined && input.value.length < 20) throw badRequest('API Key value should be at least 20 characters')
  if (input.value !== undefined && input.value.length > 128) throw badRequest('API Key value exceeds maximum size of 128 characters')
  if (others.some(({ value }) => value === input.value)) throw new ConflictException({ message: 'API Key already exists', $metadata: {} })
  holdQuota(others.length + 1, QUOTAS.apiKeys, 'API Keys for this account')
  const id = newId(10)
  return {
    id,
    value: input.value ?? newKeyValue(),
    name: input.name ?? id,
    ...(input.description === undefined ? {} : { description: input.description }),
    ...(input.customerId === undefined ? {} : { customerId: input.customerId }),
    enabled: input.enabled ?? false,
    createdAt: now,
    updatedAt: now,
    stageKeys: (input.stageKeys ?? []).map(({ restApiId, stageName }) => `${restApiId}/${stageName}`),
    tags: checkedTags(input.tags),
  }
}
