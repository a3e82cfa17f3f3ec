import { PutFunctionConcurrency$, type Concurrency, type PutFunctionConcurrencyRequest } from '@aws-sdk/client-lambda'
import { operation } from '../../../operation'
import { ACCOUNT_CONCURRENCY } from '../account-limits'
import { invalid } from '../errors'
import { changeFunction, listRecords } from '../functions'
import { namedLatest, onFunction } from '../on-function'
import { listProvisioned, provisionFunction } from '../provisioned-concurrency'

/**
 * Reserves a share of the account's concurrency for a function. AWS keeps 10 unreserved in new accounts, which leaves
 * nothing to reserve but 0; here all of the account's 10 can be reserved, so that reservations can be learnt.
 */
export const putFunctionConcurrency = operation<PutFunctionConcurrencyRequest, Concurrency>(PutFunctionConcurrency$, {
  ...onFunction,
  async run(call) {
    const name = namedLatest(call)
    const wanted = call.input.ReservedConcurrentExecutions!
    const provisioned = (await listProvisioned(call.sandbox, name, `${name.name}:`)).reduce((sum, { value }) => sum + value.requested, 0)
    if (wanted < provisioned) throw invalid(`Specified ReservedConcurrentExecutions for function is less than its provisioned concurrency of ${provisioned}.`)
    const set = await changeFunction(call.sandbox, name, async (record) => {
      const others = (await listRecords(call.sandbox, name)).filter((other) => other.name !== name.name)
      const reserved = others.reduce((sum, other) => sum + (other.reservedConcurrency ?? 0), 0)
      if (wanted > ACCOUNT_CONCURRENCY - reserved) {
        throw invalid("Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [0].")
      }
      record.reservedConcurrency = wanted
      return { ReservedConcurrentExecutions: wanted }
    })
    await provisionFunction(call.sandbox, name)
    return set
  },
})
