import { ListQueues$, type ListQueuesRequest, type ListQueuesResult } from '@aws-sdk/client-sqs'
import { operation } from '../../../operation'
import { queueArn, queueUrl } from '../names'
import { page } from '../paging'
import { listQueueRecords } from '../queues'

/** Lists the account's queues in the region, by name. */
export const listQueues = operation<ListQueuesRequest, ListQueuesResult>(ListQueues$, {
  resource: ({ account, region }) => queueArn({ account, region, name: '' }),
  async run(call) {
    const { items, NextToken } = page(await listQueueRecords(call.sandbox, call, call.input.QueueNamePrefix), call.input)
    return { QueueUrls: items.length > 0 ? items.map((queue) => queueUrl(call.sandbox, queue)) : undefined, NextToken }
  },
})
