import { SendMessage$, type SendMessageRequest, type SendMessageResult } from '@aws-sdk/client-sqs'
import { operation } from '../../../operation'
import { isFifo } from '../attributes'
import { md5 } from '../md5'
import { send } from '../messages'
import { newMessage } from '../new-message'
import { onQueue, queueOf } from '../on-queue'

/** Takes a message; it is on the disk when this answers. */
export const sendMessage = operation<SendMessageRequest, SendMessageResult>(SendMessage$, {
  ...onQueue,
  async run(call) {
    const queue = await queueOf(call)
    const message = newMessage(queue, call.input, call.principal, call.traceHeader)
    const [sent] = await send(call.sandbox, queue, [message])
    return {
      MessageId: sent!.id,
      MD5OfMessageBody: md5(message.body),
      MD5OfMessageAttributes: message.attributesMd5,
      SequenceNumber: isFifo(queue) ? sent!.sequence : undefined,
    }
  },
})
