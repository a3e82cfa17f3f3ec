import { SetQueueAttributes$, type SetQueueAttributesRequest } from '@aws-sdk/client-sqs'
import { operation } from '../../../operation'
import { changedAttributes } from '../attributes'
import { invalidAttribute } from '../errors'
import { named, onQueue } from '../on-queue'
import { changeQueue, nowSeconds } from '../queues'

/** Changes attributes of a queue; they hold at once. */
export const setQueueAttributes = operation<SetQueueAttributesRequest, object>(SetQueueAttributes$, {
  ...onQueue,
  async run(call) {
    const given = call.input.Attributes as Record<string, string>
    await changeQueue(call.sandbox, named(call), async (queue) => {
      if (given.FifoQueue !== undefined) throw invalidAttribute('The FifoQueue attribute can be set only when the queue is made.')
      queue.attributes = await changedAttributes(call.sandbox, queue, queue.attributes, given)
      queue.modifiedAt = nowSeconds(call.sandbox)
    })
    return {}
  },
})
