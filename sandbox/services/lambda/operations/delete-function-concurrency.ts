import { DeleteFunctionConcurrency$, type DeleteFunctionConcurrencyRequest } from '@aws-sdk/client-lambda'
import { operation } from '../../../operation'
import { changeFunction } from '../functions'
import { namedLatest, onFunction } from '../on-function'

/** Gives a function's reserved concurrency back to the account. */
export const deleteFunctionConcurrency = operation<DeleteFunctionConcurrencyRequest, object>(DeleteFunctionConcurrency$, {
  ...onFunction,
  async run(call) {
    await changeFunction(call.sandbox, namedLatest(call), (record) => {
      delete record.reservedConcurrency
    })
    return {}
  },
})
