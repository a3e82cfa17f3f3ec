import { DeleteFunctionCodeSigningConfig$, type DeleteFunctionCodeSigningConfigRequest } from '@aws-sdk/client-lambda'
import { operation } from '../../../operation'
import { noSigningConfig } from '../code-signing'
import { changeFunction } from '../functions'
import { namedLatest, onFunction } from '../on-function'

/** Takes its code signing configuration off a function. */
export const deleteFunctionCodeSigningConfig = operation<DeleteFunctionCodeSigningConfigRequest, object>(DeleteFunctionCodeSigningConfig$, {
  ...onFunction,
  async run(call) {
    await changeFunction(call.sandbox, namedLatest(call), (record) => {
      if (record.codeSigningConfig === undefined) throw noSigningConfig(`The function ${record.name} has no code signing configuration.`)
      delete record.codeSigningConfig
    })
    return {}
  },
})
