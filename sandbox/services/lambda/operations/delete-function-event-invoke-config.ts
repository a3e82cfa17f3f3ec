import { DeleteFunctionEventInvokeConfig$, type DeleteFunctionEventInvokeConfigRequest } from '@aws-sdk/client-lambda'
import { operation } from '../../../operation'
import { scopeOf } from '../../../store'
import { eventInvokeConfigs, requireConfig } from '../event-invoke'
import { onQualified } from '../on-function'

/** Has asynchronous invocations treated as where nothing is set. */
export const deleteFunctionEventInvokeConfig = operation<DeleteFunctionEventInvokeConfigRequest, object>(DeleteFunctionEventInvokeConfig$, {
  ...onQualified,
  async run(call) {
    const { name, config } = await requireConfig(call)
    await call.sandbox.store.delete(eventInvokeConfigs, scopeOf(name), `${name.name}:${config.qualifier}`)
    return {}
  },
})
