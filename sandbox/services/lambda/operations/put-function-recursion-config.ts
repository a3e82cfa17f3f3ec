import { PutFunctionRecursionConfig$, type PutFunctionRecursionConfigRequest, type PutFunctionRecursionConfigResponse } from '@aws-sdk/client-lambda'
import { operation } from '../../../operation'
import { changeFunction } from '../functions'
import { namedLatest, onFunction } from '../on-function'

/** Says whether a function may be part of a loop, or is stopped in one. */
export const putFunctionRecursionConfig = operation<PutFunctionRecursionConfigRequest, PutFunctionRecursionConfigResponse>(PutFunctionRecursionConfig$, {
  ...onFunction,
  async run(call) {
    const { RecursiveLoop } = call.input
    await changeFunction(call.sandbox, namedLatest(call), (record) => {
      record.mayRecur = RecursiveLoop === 'Allow'
    })
    return { RecursiveLoop }
  },
})
