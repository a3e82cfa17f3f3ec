import { DeleteApiKey$, type DeleteApiKeyRequest } from '@aws-sdk/client-api-gateway'
import { scopeOf } from '../../../store'
import { requireApiKey } from '../api-keys'
import { lockGateway } from '../apis'
import { gatewayOperation } from '../gateway-operation'
import { apiKeys, usagePlans } from '../records'

/** Deletes an API key and takes it out of usage plans. */
export const deleteApiKey = gatewayOperation<DeleteApiKeyRequest, object>(DeleteApiKey$, (call) =>
  lockGateway(call, async () => {
    const { id } = await requireApiKey(call, call.input.apiKey!)
    const { store } = call.sandbox
    const scope = scopeOf(call)
    const plans = (await store.list(usagePlans, scope)).filter(({ value }) => value.keyIds.includes(id))
    await store.batch([
      { collection: apiKeys, scope, key: id },
      ...plans.map(({ key, value }) => ({ collection: usagePlans, scope, key, value: { ...value, keyIds: value.keyIds.filter((one) => one !== id) } })),
    ])
    return {}
  }),
)
