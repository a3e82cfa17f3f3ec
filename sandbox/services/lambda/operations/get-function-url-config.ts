import { GetFunctionUrlConfig$, type GetFunctionUrlConfigRequest, type GetFunctionUrlConfigResponse } from '@aws-sdk/client-lambda'
import { operation } from '../../../operation'
import { describeUrl, onUrl, requireUrl } from '../function-urls'

/** Tells a function's URL. */
export const getFunctionUrlConfig = operation<GetFunctionUrlConfigRequest, GetFunctionUrlConfigResponse>(GetFunctionUrlConfig$, {
  ...onUrl,
  async run(call) {
    const { name, url } = await requireUrl(call)
    return describeUrl(call.sandbox, name, url)
  },
})
