import { GetFunctionRecursionConfig$, type GetFunctionRecursionConfigRequest, type GetFunctionRecursionConfigResponse } from '@aws-sdk/client-lambda'
import { operation } from '../../../operation'
import { requireFunction } from '../functions'
import { namedLatest, onFunction } from '../on-function'

/** Tells whether a function may be part of a loop. */
export const getFunctionRecursionConfig = operation<GetFunctionRecursionConfigRequest, GetFunctionRecursionConfigResponse>(GetFunctionRecursionConfig$, {
  ...onFunction,
  async run(call) {
    const { mayRecur } = await requireFunction(call.sandbox, namedLatest(call))
    return { RecursiveLoop: mayRecur ? 'Allow' : 'Terminate' }
  },
})
