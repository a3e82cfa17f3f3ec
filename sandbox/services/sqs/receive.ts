import { permitDelivery, Undeliverable, type Delivery } from '../../outbox'
import type { Sandbox } from '../../sandbox'
import { isFifo } from './attributes'
import { writeAttributes } from './message-attributes'
import { send } from './messages'
import { parseQueueArn } from './names'
import { newMessage } from './new-message'
import { queuePolicy } from './on-queue'
import { findQueue } from './queues'

/** Takes a message for a queue. @throws Undeliverable without queue or permission */
export async function receive(sandbox: Sandbox, delivery: Delivery): Promise<void> {
  const name = parseQueueArn(delivery.target)
  const queue = name && (await findQueue(sandbox, name))
  if (!queue) throw new Undeliverable('NO_RESOURCE', `The queue ${delivery.target} does not exist.`)
  const principal = await permitDelivery(sandbox, delivery, 'sqs:SendMessage', delivery.target, await queuePolicy(sandbox, queue))
  const { body, attributes, groupId, deduplicationId, trace } = delivery
  await send(sandbox, queue, [newMessage(queue, { MessageBody: body, MessageAttributes: attributes && writeAttributes(attributes), MessageGroupId: groupId, MessageDeduplicationId: isFifo(queue) ? deduplicationId : undefined }, principal, trace)])
}
