import { GetQueueUrl$, type GetQueueUrlRequest, type GetQueueUrlResult } from '@aws-sdk/client-sqs'
import { operation, type Call } from '../../../operation'
import { resourceTags } from '../../tag-context'
import { queueArn, queueUrl, type QueueName } from '../names'
import { queuePolicy } from '../on-queue'
import { findQueue, requireQueue } from '../queues'

/** Tells the URL of a queue, also of another account's that lets the caller ask. */
export const getQueueUrl = operation<GetQueueUrlRequest, GetQueueUrlResult>(GetQueueUrl$, {
  resource: (call) => queueArn(nameOf(call)),
  context: async (call) => resourceTags((await findQueue(call.sandbox, nameOf(call)))?.tags),
  resourcePolicy: (call) => queuePolicy(call.sandbox, nameOf(call)),
  run: async (call) => ({ QueueUrl: queueUrl(call.sandbox, await requireQueue(call.sandbox, nameOf(call))) }),
})

function nameOf({ account, region, input }: Call<GetQueueUrlRequest>): QueueName {
  return { account: input.QueueOwnerAWSAccountId ?? account, region, name: input.QueueName! }
}
