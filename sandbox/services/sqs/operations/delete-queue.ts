import { DeleteQueue$, type DeleteQueueRequest } from '@aws-sdk/client-sqs'
import { operation } from '../../../operation'
import { scopeOf } from '../../../store'
import { forget } from '../messages'
import { named, onQueue } from '../on-queue'
import { lockQueues, requireQueue } from '../queues'
import { queues } from '../records'

/** Deletes a queue with its messages. A new one of its name can be made at once, which AWS lets wait a minute. */
export const deleteQueue = operation<DeleteQueueRequest, object>(DeleteQueue$, {
  ...onQueue,
  async run(call) {
    const { sandbox } = call
    const name = named(call)
    const queue = await lockQueues(sandbox, name.account, async () => {
      const found = await requireQueue(sandbox, name)
      await sandbox.store.delete(queues, scopeOf(name), name.name)
      return found
    })
    await forget(sandbox, queue)
    return {}
  },
})
