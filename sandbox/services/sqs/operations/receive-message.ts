import { ReceiveMessage$, type Message, type ReceiveMessageRequest, type ReceiveMessageResult } from '@aws-sdk/client-sqs'
import { operation } from '../../../operation'
import { numberOf } from '../attributes'
import { invalidParameter } from '../errors'
import { md5OfAttributes } from '../md5'
import { writeAttributes } from '../message-attributes'
import { receive, type Received } from '../messages'
import { onQueue, queueOf } from '../on-queue'
import { systemAttributes } from '../system-attributes'

/** Hands out messages and hides them from others for a while; waits for one where there is none and the caller or the queue says so. */
export const receiveMessage = operation<ReceiveMessageRequest, ReceiveMessageResult>(ReceiveMessage$, {
  ...onQueue,
  readOnly: true,
  async run(call) {
    const { input } = call
    const queue = await queueOf(call)
    const most = inRange('MaxNumberOfMessages', input.MaxNumberOfMessages ?? 1, 1, 10)
    const visibility = inRange('VisibilityTimeout', input.VisibilityTimeout ?? numberOf(queue, 'VisibilityTimeout'), 0, 43_200)
    const wait = inRange('WaitTimeSeconds', input.WaitTimeSeconds ?? numberOf(queue, 'ReceiveMessageWaitTimeSeconds'), 0, 20)
    const received = await receive(call.sandbox, queue, { most, visibilityMs: visibility * 1000, waitMs: wait * 1000, signal: call.signal })
    return { Messages: received.length > 0 ? received.map((one) => describe(one, input)) : undefined }
  },
})

function inRange(name: string, value: number, least: number, most: number): number {
  if (Number.isInteger(value) && value >= least && value <= most) return value
  throw invalidParameter(`Value ${value} for parameter ${name} is invalid. Reason: Must be >= ${least} and <= ${most}, if provided.`)
}

function describe(received: Received, input: ReceiveMessageRequest): Message {
  const { message, handle } = received
  const asked: string[] = [...(input.MessageSystemAttributeNames ?? []), ...(input.AttributeNames ?? [])]
  const system = Object.entries(systemAttributes(received)).filter(([name]) => asked.includes('All') || asked.includes(name))
  const attributes = Object.entries(message.attributes ?? {}).filter(([name]) => (input.MessageAttributeNames ?? []).some((pattern) => matches(pattern, name)))
  const chosen = attributes.length > 0 ? Object.fromEntries(attributes) : undefined
  return {
    MessageId: message.id,
    ReceiptHandle: handle,
    MD5OfBody: message.md5,
    Body: message.body,
    Attributes: system.length > 0 ? Object.fromEntries(system) : undefined,
    MessageAttributes: chosen && writeAttributes(chosen),
    MD5OfMessageAttributes: chosen && md5OfAttributes(chosen),
  }
}

/** `All`, a name, or the start of names with `.*`. */
function matches(pattern: string, name: string): boolean {
  return pattern === 'All' || pattern === '.*' || pattern === name || (pattern.endsWith('.*') && name.startsWith(pattern.slice(0, -1)))
}
