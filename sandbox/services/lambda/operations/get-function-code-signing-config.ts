import { GetFunctionCodeSigningConfig$, type GetFunctionCodeSigningConfigRequest, type GetFunctionCodeSigningConfigResponse } from '@aws-sdk/client-lambda'
import { operation } from '../../../operation'
import { requireFunction } from '../functions'
import { namedLatest, onFunction } from '../on-function'

/** Tells which code signing configuration a function has, if any. */
export const getFunctionCodeSigningConfig = operation<GetFunctionCodeSigningConfigRequest, GetFunctionCodeSigningConfigResponse>(GetFunctionCodeSigningConfig$, {
  ...onFunction,
  async run(call) {
    const { name, codeSigningConfig } = await requireFunction(call.sandbox, namedLatest(call))
    return { CodeSigningConfigArn: codeSigningConfig, FunctionName: name }
  },
})
