import { DeleteMessageBatch$, type DeleteMessageBatchRequest, type DeleteMessageBatchResult } from '@aws-sdk/client-sqs'
import { operation } from '../../../operation'
import { each } from '../batch'
import { deleteMessage } from '../messages'
import { onQueue, queueOf } from '../on-queue'

/** Deletes up to ten messages. */
export const deleteMessageBatch = operation<DeleteMessageBatchRequest, DeleteMessageBatchResult>(DeleteMessageBatch$, {
  ...onQueue,
  action: 'sqs:DeleteMessage',
  async run(call) {
    const queue = await queueOf(call)
    const { done, Failed } = await each(call.input.Entries!, (entry) => deleteMessage(call.sandbox, queue, entry.ReceiptHandle!))
    return { Successful: done.map(({ entry }) => ({ Id: entry.Id })), Failed }
  },
})
