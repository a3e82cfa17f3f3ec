import { UntagQueue$, type UntagQueueRequest } from '@aws-sdk/client-sqs'
import { operation } from '../../../operation'
import { named, onQueue } from '../on-queue'
import { changeQueue } from '../queues'

/** Takes tags off a queue. */
export const untagQueue = operation<UntagQueueRequest, object>(UntagQueue$, {
  ...onQueue,
  context: async (call) => ({ ...(await onQueue.context!(call)), 'aws:TagKeys': call.input.TagKeys! }),
  async run(call) {
    await changeQueue(call.sandbox, named(call), (queue) => {
      queue.tags = Object.fromEntries(Object.entries(queue.tags).filter(([key]) => !call.input.TagKeys!.includes(key)))
    })
    return {}
  },
})
