import { GetApiKey$, type ApiKey, type GetApiKeyRequest } from '@aws-sdk/client-api-gateway'
import { requireApiKey } from '../api-keys'
import { describeApiKey } from '../describe'
import { gatewayOperation } from '../gateway-operation'

/** Shows an API key; its value only where asked for. */
export const getApiKey = gatewayOperation<GetApiKeyRequest, ApiKey>(GetApiKey$, async (call) => describeApiKey(await requireApiKey(call, call.input.apiKey!), call.input.includeValue))
