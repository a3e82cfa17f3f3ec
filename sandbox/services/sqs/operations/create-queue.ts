import { randomUUID } from 'node:crypto'
import { CreateQueue$, QueueNameExists, type CreateQueueRequest, type CreateQueueResult } from '@aws-sdk/client-sqs'
import { operation, type Call } from '../../../operation'
import { scopeOf } from '../../../store'
import { tagContext } from '../../tag-context'
import { changedAttributes, isFifo, wholeAttributes } from '../attributes'
import { invalidAttribute, invalidParameter } from '../errors'
import { queueArn, queueUrl, type QueueName } from '../names'
import { findQueue, lockQueues, nowSeconds } from '../queues'
import { queues, type Queue } from '../records'
import { checkQueueTags } from '../queue-tags'

/** Makes a queue; one that is there already with the same attributes is given back. */
export const createQueue = operation<CreateQueueRequest, CreateQueueResult>(CreateQueue$, {
  resource: (call) => queueArn(nameOf(call)),
  context: ({ input }) => tagContext(input.tags),
  async run(call) {
    const { input, sandbox } = call
    const name = nameOf(call)
    if (!/^[\w-]{1,80}$/.test(name.name) && !/^[\w-]{1,75}\.fifo$/.test(name.name)) {
      throw invalidParameter('Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length')
    }
    const given = input.Attributes ?? {}
    if (isFifo(name) && given.FifoQueue !== 'true') throw invalidAttribute('The name of a standard queue can only include alphanumeric characters, hyphens, or underscores, and be 1 to 80 in length; a FIFO queue needs the attribute FifoQueue=true.')
    checkQueueTags(input.tags ?? {})
    if (input.tags) await call.authorize('sqs:TagQueue', queueArn(name), tagContext(input.tags))
    return lockQueues(sandbox, name.account, async () => {
      const before = await findQueue(sandbox, name)
      if (before) {
        const whole = wholeAttributes(before)
        const other = Object.entries(given).find(([key, value]) => whole[key] !== value)
        if (other) throw new QueueNameExists({ message: `A queue already exists with the same name and a different value for attribute ${other[0]}`, $metadata: {} })
        return { QueueUrl: queueUrl(sandbox, name) }
      }
      const now = nowSeconds(sandbox)
      const queue: Queue = { ...name, id: randomUUID(), attributes: await changedAttributes(sandbox, name, {}, given as Record<string, string>), tags: input.tags ?? {}, createdAt: now, modifiedAt: now }
      await sandbox.store.put(queues, scopeOf(name), name.name, queue)
      return { QueueUrl: queueUrl(sandbox, name) }
    })
  },
})

function nameOf({ account, region, input }: Call<CreateQueueRequest>): QueueName {
  return { account, region, name: input.QueueName! }
}
