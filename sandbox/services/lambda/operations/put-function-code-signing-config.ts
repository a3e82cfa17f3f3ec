import { PutFunctionCodeSigningConfig$, type PutFunctionCodeSigningConfigRequest, type PutFunctionCodeSigningConfigResponse } from '@aws-sdk/client-lambda'
import { operation } from '../../../operation'
import { grantSigningConfig } from '../code-signing'
import { changeFunction } from '../functions'
import { namedLatest, onFunction } from '../on-function'

/** Has a function's next deployments held against a code signing configuration; the code that it has runs on. */
export const putFunctionCodeSigningConfig = operation<PutFunctionCodeSigningConfigRequest, PutFunctionCodeSigningConfigResponse>(PutFunctionCodeSigningConfig$, {
  ...onFunction,
  context: async (call) => ({ ...(await onFunction.context!(call)), 'lambda:CodeSigningConfigArn': call.input.CodeSigningConfigArn! }),
  run: (call) =>
    changeFunction(call.sandbox, namedLatest(call), async (record) => {
      const arn = call.input.CodeSigningConfigArn!
      await grantSigningConfig(call, arn)
      record.codeSigningConfig = arn
      return { CodeSigningConfigArn: arn, FunctionName: record.name }
    }),
})
