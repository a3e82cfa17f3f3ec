import { UpdateFunctionEventInvokeConfig$, type FunctionEventInvokeConfig, type UpdateFunctionEventInvokeConfigRequest } from '@aws-sdk/client-lambda'
import { operation } from '../../../operation'
import { requireConfig, saveConfig } from '../event-invoke'
import { onQualified } from '../on-function'

/** Changes parts of how asynchronous invocations are treated. */
export const updateFunctionEventInvokeConfig = operation<UpdateFunctionEventInvokeConfigRequest, FunctionEventInvokeConfig>(UpdateFunctionEventInvokeConfig$, {
  ...onQualified,
  run: async (call) => saveConfig(call, (await requireConfig(call)).config),
})
