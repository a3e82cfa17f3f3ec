import { DeleteFunctionConcurrency$, type DeleteFunctionConcurrencyRequest } from '@aws-sdk/client-lambda'
import { operation } from '../../../operation'
import { changeFunction } from '../functions'
import { namedLatest, onFunction } from '../on-function'
import { provisionFunction } from '../provisioned-concurrency'

/** Gives a function's reserved concurrency back to the account. */
export const deleteFunctionConcurrency = operation<DeleteFunctionConcurrencyRequest, object>(DeleteFunctionConcurrency$, {
  ...onFunction,
  async run(call) {
    const name = namedLatest(call)
    await changeFunction(call.sandbox, name, (record) => {
      delete record.reservedConcurrency
    })
    await provisionFunction(call.sandbox, name)
    return {}
  },
})
