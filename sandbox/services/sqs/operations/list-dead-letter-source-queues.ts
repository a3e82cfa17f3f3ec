import { ListDeadLetterSourceQueues$, type ListDeadLetterSourceQueuesRequest, type ListDeadLetterSourceQueuesResult } from '@aws-sdk/client-sqs'
import { operation } from '../../../operation'
import { redriveOf } from '../attributes'
import { queueUrl } from '../names'
import { onQueue, queueOf } from '../on-queue'
import { page } from '../paging'
import { listQueueRecords } from '../queues'

/** Lists the queues whose redrive policy names this one. */
export const listDeadLetterSourceQueues = operation<ListDeadLetterSourceQueuesRequest, ListDeadLetterSourceQueuesResult>(ListDeadLetterSourceQueues$, {
  ...onQueue,
  async run(call) {
    const target = await queueOf(call)
    const sources = (await listQueueRecords(call.sandbox, target)).filter((queue) => redriveOf(queue)?.target.name === target.name)
    const { items, NextToken } = page(sources, call.input)
    return { queueUrls: items.map((queue) => queueUrl(call.sandbox, queue)), NextToken }
  },
})
