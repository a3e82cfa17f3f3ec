import { CreateApiKey$, type ApiKey, type CreateApiKeyRequest } from '@aws-sdk/client-api-gateway'
import { scopeOf } from '../../../store'
import { listApiKeys, newApiKey } from '../api-keys'
import { lockGateway } from '../apis'
import { describeApiKey } from '../describe'
import { gatewayOperation } from '../gateway-operation'
import { apiKeys } from '../records'

/** Makes an API key, its value given or made. */
export const createApiKey = gatewayOperation<CreateApiKeyRequest, ApiKey>(CreateApiKey$, (call) =>
  lockGateway(call, async () => {
    const key = newApiKey(call, call.input, await listApiKeys(call))
    await call.sandbox.store.put(apiKeys, scopeOf(call), key.id, key)
    return describeApiKey(key, true)
  }),
)
