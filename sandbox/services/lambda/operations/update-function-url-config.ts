import { UpdateFunctionUrlConfig$, type UpdateFunctionUrlConfigRequest, type UpdateFunctionUrlConfigResponse } from '@aws-sdk/client-lambda'
import { operation } from '../../../operation'
import { scopeOf } from '../../../store'
import { lockFunctions } from '../functions'
import { describeUrl, functionUrls, onUrl, requireUrl, urlKey, type FunctionUrl } from '../function-urls'

/** Changes who may call a function's URL and what browsers may do with it; an empty Cors takes that away. */
export const updateFunctionUrlConfig = operation<UpdateFunctionUrlConfigRequest, UpdateFunctionUrlConfigResponse>(UpdateFunctionUrlConfig$, {
  ...onUrl,
  run(call) {
    const { input, sandbox, account } = call
    return lockFunctions(sandbox, account, async () => {
      const { name, url } = await requireUrl(call)
      const { cors: before, ...kept } = url
      const cors = input.Cors ?? before
      const streams = input.InvokeMode === undefined ? url.streams : input.InvokeMode === 'RESPONSE_STREAM'
      const changed: FunctionUrl = { ...kept, authType: input.AuthType ?? url.authType, ...(cors && Object.keys(cors).length > 0 ? { cors } : {}), streams: streams ?? false, modifiedAt: sandbox.now() }
      await sandbox.store.put(functionUrls, scopeOf(name), urlKey(name), changed)
      return describeUrl(sandbox, name, changed)
    })
  },
})
