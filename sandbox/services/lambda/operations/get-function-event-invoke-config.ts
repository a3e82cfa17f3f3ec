import { GetFunctionEventInvokeConfig$, type FunctionEventInvokeConfig, type GetFunctionEventInvokeConfigRequest } from '@aws-sdk/client-lambda'
import { operation } from '../../../operation'
import { describeConfig, requireConfig } from '../event-invoke'
import { onQualified } from '../on-function'

/** Tells how asynchronous invocations are treated. */
export const getFunctionEventInvokeConfig = operation<GetFunctionEventInvokeConfigRequest, FunctionEventInvokeConfig>(GetFunctionEventInvokeConfig$, {
  ...onQualified,
  async run(call) {
    const { name, config } = await requireConfig(call)
    return describeConfig(name, config)
  },
})
