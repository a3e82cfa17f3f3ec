import { GetApiKeys$, type ApiKeys, type GetApiKeysRequest } from '@aws-sdk/client-api-gateway'
import { listApiKeys } from '../api-keys'
import { describeApiKey } from '../describe'
import { gatewayOperation } from '../gateway-operation'
import { page } from '../paging'

/** Lists the API keys of the region, by name's beginning or customer where asked. */
export const getApiKeys = gatewayOperation<GetApiKeysRequest, ApiKeys>(GetApiKeys$, async (call) => {
  const { nameQuery, customerId, includeValues } = call.input
  const found = (await listApiKeys(call)).filter((key) => key.name.startsWith(nameQuery ?? '') && (customerId === undefined || key.customerId === customerId))
  const { items, position } = page(found, ({ createdAt, id }) => `${createdAt}/${id}`, call.input)
  return { items: items.map((key) => describeApiKey(key, includeValues)), position }
})
