import { GetCodeSigningConfig$, type GetCodeSigningConfigRequest, type GetCodeSigningConfigResponse } from '@aws-sdk/client-lambda'
import { operation } from '../../../operation'
import { describeSigningConfig, onSigningConfig, requireSigningConfig } from '../code-signing'

/** Tells a code signing configuration. */
export const getCodeSigningConfig = operation<GetCodeSigningConfigRequest, GetCodeSigningConfigResponse>(GetCodeSigningConfig$, {
  ...onSigningConfig,
  run: async (call) => ({ CodeSigningConfig: describeSigningConfig(await requireSigningConfig(call)) }),
})
