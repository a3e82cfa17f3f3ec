import { SendMessageBatch$, type SendMessageBatchRequest, type SendMessageBatchResult } from '@aws-sdk/client-sqs'
import { operation } from '../../../operation'
import { isFifo } from '../attributes'
import { each } from '../batch'
import { md5 } from '../md5'
import { send } from '../messages'
import { checkBatchSize, newMessage } from '../new-message'
import { onQueue, queueOf } from '../on-queue'

/** Takes up to ten messages; those that will not do are told one by one. */
export const sendMessageBatch = operation<SendMessageBatchRequest, SendMessageBatchResult>(SendMessageBatch$, {
  ...onQueue,
  action: 'sqs:SendMessage',
  async run(call) {
    const queue = await queueOf(call)
    const { done, Failed } = await each(call.input.Entries!, (entry) => newMessage(queue, entry, call.principal, call.traceHeader))
    checkBatchSize(done.map(({ result }) => result))
    const sent = done.length > 0 ? await send(call.sandbox, queue, done.map(({ result }) => result)) : []
    return {
      Successful: done.map(({ entry, result }, i) => ({
        Id: entry.Id,
        MessageId: sent[i]!.id,
        MD5OfMessageBody: md5(result.body),
        MD5OfMessageAttributes: result.attributesMd5,
        SequenceNumber: isFifo(queue) ? sent[i]!.sequence : undefined,
      })),
      Failed,
    }
  },
})
