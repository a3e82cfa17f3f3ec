import { PutFunctionEventInvokeConfig$, type FunctionEventInvokeConfig, type PutFunctionEventInvokeConfigRequest } from '@aws-sdk/client-lambda'
import { operation } from '../../../operation'
import { saveConfig } from '../event-invoke'
import { onQualified } from '../on-function'

/** Sets how asynchronous invocations are tried again and where their outcome goes; what was set before goes. */
export const putFunctionEventInvokeConfig = operation<PutFunctionEventInvokeConfigRequest, FunctionEventInvokeConfig>(PutFunctionEventInvokeConfig$, {
  ...onQualified,
  run: (call) => saveConfig(call, {}),
})
