import { DeleteProvisionedConcurrencyConfig$, type DeleteProvisionedConcurrencyConfigRequest } from '@aws-sdk/client-lambda'
import { operation } from '../../../operation'
import { scopeOf } from '../../../store'
import { onQualified } from '../on-function'
import { provisionable, provisionedConcurrency, provisionFunction } from '../provisioned-concurrency'

/** Keeps environments of a version or alias ready no longer; content where none were. */
export const deleteProvisionedConcurrencyConfig = operation<DeleteProvisionedConcurrencyConfigRequest, object>(DeleteProvisionedConcurrencyConfig$, {
  ...onQualified,
  async run(call) {
    const { name } = await provisionable(call)
    await call.sandbox.store.delete(provisionedConcurrency, scopeOf(name), `${name.name}:${name.qualifier}`)
    await provisionFunction(call.sandbox, name)
    return {}
  },
})
