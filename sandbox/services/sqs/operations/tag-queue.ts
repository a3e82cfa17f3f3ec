import { TagQueue$, type TagQueueRequest } from '@aws-sdk/client-sqs'
import { operation } from '../../../operation'
import { tagContext } from '../../tag-context'
import { named, onQueue } from '../on-queue'
import { checkQueueTags } from '../queue-tags'
import { changeQueue } from '../queues'

/** Sets tags of a queue; others stay. */
export const tagQueue = operation<TagQueueRequest, object>(TagQueue$, {
  ...onQueue,
  context: async (call) => ({ ...(await onQueue.context!(call)), ...tagContext(call.input.Tags) }),
  async run(call) {
    await changeQueue(call.sandbox, named(call), (queue) => {
      queue.tags = { ...queue.tags, ...call.input.Tags }
      checkQueueTags(queue.tags)
    })
    return {}
  },
})
