import { InvokeAsync$, type InvokeAsyncRequest, type InvokeAsyncResponse } from '@aws-sdk/client-lambda'
import { operation } from '../../../operation'
import { requireFunction } from '../functions'
import { functionArn } from '../names'
import { namedLatest, onFunction } from '../on-function'
import { readPayload } from './invoke'

/** Takes an event and runs the function later: what Invoke does for `InvocationType: Event`, in the form of Lambda's first years. */
export const invokeAsync = operation<InvokeAsyncRequest, InvokeAsyncResponse>(InvokeAsync$, {
  ...onFunction,
  action: 'lambda:InvokeFunction',
  async run(call) {
    const { sandbox, requestId, traceHeader } = call
    const name = namedLatest(call)
    await requireFunction(sandbox, name)
    const payload = readPayload(call.input.InvokeArgs as Uint8Array | undefined, 'Event')
    const { account, region, name: functionName } = name
    await sandbox.asyncEvents.accept({ requestId, account, region, functionName, invokedArn: functionArn(name), payload: payload.toString('base64'), ...(traceHeader === undefined ? {} : { traceHeader }) })
    return { Status: 202 }
  },
})
