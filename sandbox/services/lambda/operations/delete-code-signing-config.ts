import { DeleteCodeSigningConfig$, type DeleteCodeSigningConfigRequest, type DeleteCodeSigningConfigResponse } from '@aws-sdk/client-lambda'
import { operation } from '../../../operation'
import { scopeOf } from '../../../store'
import { onSigningConfig, requireSigningConfig, signingArn, signingConfigs } from '../code-signing'
import { conflict } from '../errors'
import { listRecords, lockFunctions } from '../functions'

/** Deletes a code signing configuration that no function uses. */
export const deleteCodeSigningConfig = operation<DeleteCodeSigningConfigRequest, DeleteCodeSigningConfigResponse>(DeleteCodeSigningConfig$, {
  ...onSigningConfig,
  run: (call) =>
    lockFunctions(call.sandbox, call.account, async () => {
      const config = await requireSigningConfig(call)
      const users = (await listRecords(call.sandbox, call)).filter((record) => record.codeSigningConfig === signingArn(config))
      if (users.length > 0) throw conflict(`The code signing configuration ${signingArn(config)} is in use by ${users.length} function(s): take it off them first.`)
      await call.sandbox.store.delete(signingConfigs, scopeOf(call), config.id)
      return {}
    }),
})
