import { DeleteMessage$, type DeleteMessageRequest } from '@aws-sdk/client-sqs'
import { operation } from '../../../operation'
import { deleteMessage as remove } from '../messages'
import { onQueue, queueOf } from '../on-queue'

/** Deletes a message by the handle of its latest receive. */
export const deleteMessage = operation<DeleteMessageRequest, object>(DeleteMessage$, {
  ...onQueue,
  async run(call) {
    await remove(call.sandbox, await queueOf(call), call.input.ReceiptHandle!)
    return {}
  },
})
