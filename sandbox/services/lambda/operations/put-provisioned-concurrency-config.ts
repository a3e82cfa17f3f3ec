import { PutProvisionedConcurrencyConfig$, type PutProvisionedConcurrencyConfigRequest, type PutProvisionedConcurrencyConfigResponse } from '@aws-sdk/client-lambda'
import { operation } from '../../../operation'
import { scopeOf } from '../../../store'
import { ACCOUNT_CONCURRENCY } from '../account-limits'
import { invalid } from '../errors'
import { listRecords, lockFunctions } from '../functions'
import { onQualified } from '../on-function'
import { describeProvisioned, listProvisioned, provisionable, provisionedConcurrency, provisionFunction } from '../provisioned-concurrency'

/** Keeps environments of a version or alias ready. They are made in the background. */
export const putProvisionedConcurrencyConfig = operation<PutProvisionedConcurrencyConfigRequest, PutProvisionedConcurrencyConfigResponse>(PutProvisionedConcurrencyConfig$, {
  ...onQualified,
  async run(call) {
    const { sandbox } = call
    const { name, record } = await provisionable(call)
    const requested = call.input.ProvisionedConcurrentExecutions!
    return lockFunctions(sandbox, name.account, async () => {
      const key = `${name.name}:${name.qualifier}`
      const others = (await listProvisioned(sandbox, name)).filter((other) => other.key !== key)
      const functions = await listRecords(sandbox, name)
      const reservedOf = (of: string) => functions.find((other) => of === other.name)?.reservedConcurrency
      const sum = (configs: typeof others) => configs.reduce((total, { value }) => total + value.requested, 0)
      const functionOf = (of: string) => of.slice(0, of.lastIndexOf(':'))
      if (record.reservedConcurrency !== undefined) {
        const ofFunction = sum(others.filter((other) => functionOf(other.key) === name.name))
        if (requested + ofFunction > record.reservedConcurrency) throw invalid("Specified ProvisionedConcurrentExecutions for function is greater than function's reserved concurrency.")
      } else {
        const reserved = functions.reduce((total, other) => total + (other.reservedConcurrency ?? 0), 0)
        const unreserved = sum(others.filter((other) => reservedOf(functionOf(other.key)) === undefined))
        if (requested + unreserved + reserved > ACCOUNT_CONCURRENCY) throw invalid("Specified ConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [0].")
      }
      const config = { qualifier: name.qualifier, requested, lastModified: sandbox.now() }
      await sandbox.store.put(provisionedConcurrency, scopeOf(name), key, config)
      await provisionFunction(sandbox, name)
      return describeProvisioned(sandbox, record, config)
    })
  },
})
