import { ImportApiKeys$, type ApiKeyIds, type ImportApiKeysRequest } from '@aws-sdk/client-api-gateway'
import { scopeOf } from '../../../store'
import { listApiKeys, newApiKey } from '../api-keys'
import { lockGateway } from '../apis'
import { badRequest } from '../errors'
import { gatewayOperation } from '../gateway-operation'
import { readKeyRows } from '../key-rows'
import { apiKeys, usagePlans } from '../records'

/** Makes API keys from CSV with the columns name, key, description, enabled and usageplanIds. */
export const importApiKeys = gatewayOperation<ImportApiKeysRequest, ApiKeyIds>(ImportApiKeys$, (call) =>
  lockGateway(call, async () => {
    const { store } = call.sandbox
    const scope = scopeOf(call)
    const keys = await listApiKeys(call)
    const ids: string[] = []
    const warnings: string[] = []
    const plans = new Map((await store.list(usagePlans, scope)).map(({ key, value }) => [key, value]))
    for (const row of readKeyRows(Buffer.from(call.input.body!).toString('utf8'))) {
      if (keys.some(({ value }) => value === row.key)) {
        if (call.input.failOnWarnings) throw badRequest(`Failed to import API keys: API Key ${row.name} already exists`)
        warnings.push(`API Key ${row.name} already exists`)
        continue
      }
      const key = newApiKey(call, { name: row.name, value: row.key, description: row.description, enabled: row.enabled }, keys)
      keys.push(key)
      ids.push(key.id)
      for (const planId of row.usagePlanIds) {
        const plan = plans.get(planId)
        if (plan) plan.keyIds.push(key.id)
        else if (call.input.failOnWarnings) throw badRequest(`Failed to import API keys: no usage plan ${planId}`)
        else warnings.push(`There is no usage plan ${planId} for API Key ${row.name}`)
      }
    }
    await store.batch([
      ...keys.filter(({ id }) => ids.includes(id)).map((key) => ({ collection: apiKeys, scope, key: key.id, value: key })),
      ...[...plans].map(([key, value]) => ({ collection: usagePlans, scope, key, value })),
    ])
    return { ids, warnings }
  }),
)
