import { GetQueueAttributes$, type GetQueueAttributesRequest, type GetQueueAttributesResult } from '@aws-sdk/client-sqs'
import { operation } from '../../../operation'
import { KNOWN, wholeAttributes } from '../attributes'
import { invalidAttributeName } from '../errors'
import { count } from '../messages'
import { queueArn } from '../names'
import { onQueue, queueOf } from '../on-queue'

/** Tells attributes of a queue, all or those asked for. */
export const getQueueAttributes = operation<GetQueueAttributesRequest, GetQueueAttributesResult>(GetQueueAttributes$, {
  ...onQueue,
  async run(call) {
    const asked = call.input.AttributeNames ?? []
    const unknown = asked.find((name) => !KNOWN.has(name))
    if (unknown !== undefined) throw invalidAttributeName(unknown)
    const queue = await queueOf(call)
    const { ready, delayed, inFlight } = await count(call.sandbox, queue)
    const all: Record<string, string> = {
      QueueArn: queueArn(queue),
      ApproximateNumberOfMessages: String(ready),
      ApproximateNumberOfMessagesNotVisible: String(inFlight),
      ApproximateNumberOfMessagesDelayed: String(delayed),
      CreatedTimestamp: String(queue.createdAt),
      LastModifiedTimestamp: String(queue.modifiedAt),
      ...wholeAttributes(queue),
    }
    const told = asked.includes('All') ? Object.entries(all) : Object.entries(all).filter(([name]) => (asked as string[]).includes(name))
    return { Attributes: told.length > 0 ? Object.fromEntries(told) : undefined }
  },
})
