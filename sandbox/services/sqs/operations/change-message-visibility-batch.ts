import { ChangeMessageVisibilityBatch$, type ChangeMessageVisibilityBatchRequest, type ChangeMessageVisibilityBatchResult } from '@aws-sdk/client-sqs'
import { operation } from '../../../operation'
import { each } from '../batch'
import { numberOf } from '../attributes'
import { changeVisibility } from '../messages'
import { onQueue, queueOf } from '../on-queue'
import { visibilityMs } from '../visibility'

/** Hides up to ten messages for longer or shorter. */
export const changeMessageVisibilityBatch = operation<ChangeMessageVisibilityBatchRequest, ChangeMessageVisibilityBatchResult>(ChangeMessageVisibilityBatch$, {
  ...onQueue,
  action: 'sqs:ChangeMessageVisibility',
  async run(call) {
    const queue = await queueOf(call)
    const { done, Failed } = await each(call.input.Entries!, (entry) =>
      changeVisibility(call.sandbox, queue, entry.ReceiptHandle!, visibilityMs(entry.VisibilityTimeout ?? numberOf(queue, 'VisibilityTimeout'))),
    )
    return { Successful: done.map(({ entry }) => ({ Id: entry.Id })), Failed }
  },
})
