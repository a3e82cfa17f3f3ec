import { GetFunctionConcurrency$, type GetFunctionConcurrencyRequest, type GetFunctionConcurrencyResponse } from '@aws-sdk/client-lambda'
import { operation } from '../../../operation'
import { requireFunction } from '../functions'
import { namedLatest, onFunction } from '../on-function'

/** Tells a function's reserved concurrency; nothing where it has none. */
export const getFunctionConcurrency = operation<GetFunctionConcurrencyRequest, GetFunctionConcurrencyResponse>(GetFunctionConcurrency$, {
  ...onFunction,
  run: async (call) => ({ ReservedConcurrentExecutions: (await requireFunction(call.sandbox, namedLatest(call))).reservedConcurrency }),
})
