import { ChangeMessageVisibility$, type ChangeMessageVisibilityRequest } from '@aws-sdk/client-sqs'
import { operation } from '../../../operation'
import { changeVisibility } from '../messages'
import { onQueue, queueOf } from '../on-queue'
import { visibilityMs } from '../visibility'

/** Hides a message that is in flight for longer or shorter. */
export const changeMessageVisibility = operation<ChangeMessageVisibilityRequest, object>(ChangeMessageVisibility$, {
  ...onQueue,
  async run(call) {
    await changeVisibility(call.sandbox, await queueOf(call), call.input.ReceiptHandle!, visibilityMs(call.input.VisibilityTimeout!))
    return {}
  },
})
