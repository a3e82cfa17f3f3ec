import { PurgeQueue$, type PurgeQueueRequest } from '@aws-sdk/client-sqs'
import { operation } from '../../../operation'
import { purge } from '../messages'
import { onQueue, queueOf } from '../on-queue'

/** Deletes all messages of a queue. */
export const purgeQueue = operation<PurgeQueueRequest, object>(PurgeQueue$, {
  ...onQueue,
  async run(call) {
    await purge(call.sandbox, await queueOf(call))
    return {}
  },
})
