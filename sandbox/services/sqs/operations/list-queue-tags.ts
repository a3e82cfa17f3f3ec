import { ListQueueTags$, type ListQueueTagsRequest, type ListQueueTagsResult } from '@aws-sdk/client-sqs'
import { operation } from '../../../operation'
import { onQueue, queueOf } from '../on-queue'

/** Tells a queue's tags. */
export const listQueueTags = operation<ListQueueTagsRequest, ListQueueTagsResult>(ListQueueTags$, {
  ...onQueue,
  async run(call) {
    const { tags } = await queueOf(call)
    return { Tags: Object.keys(tags).length > 0 ? tags : undefined }
  },
})
