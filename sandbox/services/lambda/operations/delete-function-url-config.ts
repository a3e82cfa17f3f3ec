import { DeleteFunctionUrlConfig$, type DeleteFunctionUrlConfigRequest } from '@aws-sdk/client-lambda'
import { ALL } from '../../../credentials'
import { operation } from '../../../operation'
import { scopeOf } from '../../../store'
import { functionUrls, onUrl, requireUrl, urlKey, urlOwners } from '../function-urls'

/** Takes a function's URL away; a new one will have another address. */
export const deleteFunctionUrlConfig = operation<DeleteFunctionUrlConfigRequest, object>(DeleteFunctionUrlConfig$, {
  ...onUrl,
  async run(call) {
    const { name, url } = await requireUrl(call)
    await call.sandbox.store.batch([
      { collection: functionUrls, scope: scopeOf(name), key: urlKey(name) },
      { collection: urlOwners, scope: ALL, key: url.urlId },
    ])
    return {}
  },
})
