import { UpdateApiKey$, type ApiKey, type UpdateApiKeyRequest } from '@aws-sdk/client-api-gateway'
import { scopeOf } from '../../../store'
import { requireApiKey } from '../api-keys'
import { lockGateway } from '../apis'
import { describeApiKey } from '../describe'
import { gatewayOperation } from '../gateway-operation'
import { applyPatch, flag, listByValue, optionalText, text, type PatchRules } from '../patch'
import { apiKeys, type ApiKeyRecord } from '../records'

const rules: PatchRules<ApiKeyRecord> = {
  '/name': text('name'),
  '/description': text('description'),
  '/enabled': flag('enabled'),
  '/customerId': optionalText('customerId'),
  '/stages': listByValue('stageKeys'),
}

/** Changes an API key; its value stays. */
export const updateApiKey = gatewayOperation<UpdateApiKeyRequest, ApiKey>(UpdateApiKey$, (call) =>
  lockGateway(call, async () => {
    const key = await requireApiKey(call, call.input.apiKey!)
    applyPatch(key, call.input.patchOperations, rules)
    key.updatedAt = new Date(call.sandbox.now()).toISOString()
    await call.sandbox.store.put(apiKeys, scopeOf(call), key.id, key)
    return describeApiKey(key, false)
  }),
)
