import { createHash } from 'node:crypto'
import { BatchRequestTooLong, InvalidMessageContents, UnsupportedOperation, type SendMessageRequest } from '@aws-sdk/client-sqs'
import type { Principal } from '../../operation'
import { isFifo, numberOf } from './attributes'
import { invalidParameter, missingParameter } from './errors'
import { md5OfAttributes } from './md5'
import { readAttributes, sizeOf } from './message-attributes'
import type { NewMessage } from './messages'
import type { Queue } from './records'

const LONGEST_DELAY_S = 900
const ID = /^[\w!"#$%&'()*+,\-./:;<=>?@[\\\]^`{|}~]{1,128}$/
/** SQS takes what XML 1.0 can hold (SQS API reference, SendMessage). */
const FORBIDDEN = /[^\u0009\u000a\u000d\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u

type Given = Omit<SendMessageRequest, 'QueueUrl'>

/**
 * Holds a message against the queue's settings.
 * @param trace trace header of the call: the message bears it unless it brings its own
 * @throws what SQS answers to what will not do
 */
export function newMessage(queue: Queue, given: Given, principal: Pick<Principal, 'userId'>, trace?: string): NewMessage {
  const { MessageBody: body = '', MessageGroupId: group, DelaySeconds: delay } = given
  if (body === '') throw missingParameter('MessageBody')
  if (FORBIDDEN.test(body)) throw new InvalidMessageContents({ message: 'Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF.', $metadata: {} })
  const attributes = readAttributes(given.MessageAttributes)
  const size = Buffer.byteLength(body) + sizeOf(attributes)
  const most = numberOf(queue, 'MaximumMessageSize')
  if (size > most) throw invalidParameter(`One or more parameters are invalid. Reason: Message must be shorter than ${most} bytes.`)
  if (delay !== undefined && !(Number.isInteger(delay) && delay >= 0 && delay <= LONGEST_DELAY_S)) {
    throw invalidParameter(`Value ${delay} for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <= ${LONGEST_DELAY_S}.`)
  }
  if (group !== undefined && !ID.test(group)) throw badId('MessageGroupId', group)
  const deduplicationId = isFifo(queue) ? fifoDeduplicationId(queue, given, delay) : refuseDeduplication(given)
  return {
    body,
    ...(attributes ? { attributes, attributesMd5: md5OfAttributes(attributes) } : {}),
    system: { SenderId: principal.userId, ...traceHeader(given, trace) },
    delayMs: (delay ?? numberOf(queue, 'DelaySeconds')) * 1000,
    ...(group === undefined ? {} : { group }),
    ...(deduplicationId === undefined ? {} : { deduplicationId }),
  }
}

/** Bytes of messages that go out together. @throws BatchRequestTooLong */
export function checkBatchSize(messages: NewMessage[]): void {
  const size = messages.reduce((sum, { body, attributes }) => sum + Buffer.byteLength(body) + sizeOf(attributes), 0)
  if (size > 1_048_576) throw new BatchRequestTooLong({ message: `Batch requests cannot be longer than 1048576 bytes. You have sent ${size} bytes.`, $metadata: {} })
}

function fifoDeduplicationId(queue: Queue, given: Given, delay: number | undefined): string {
  if (given.MessageGroupId === undefined) throw missingParameter('MessageGroupId')
  if (delay !== undefined && delay !== 0) throw invalidParameter(`Value ${delay} for parameter DelaySeconds is invalid. Reason: The request include parameter that is not valid for this queue type.`)
  if (given.MessageDeduplicationId !== undefined) {
    if (!ID.test(given.MessageDeduplicationId)) throw badId('MessageDeduplicationId', given.MessageDeduplicationId)
    return given.MessageDeduplicationId
  }
  if (queue.attributes.ContentBasedDeduplication !== 'true') {
    throw invalidParameter('The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly')
  }
  return createHash('sha256').update(given.MessageBody!).digest('hex')
}

function refuseDeduplication({ MessageDeduplicationId }: Given): undefined {
  if (MessageDeduplicationId !== undefined) {
    throw invalidParameter(`Value ${MessageDeduplicationId} for parameter MessageDeduplicationId is invalid. Reason: The request includes a parameter that is not valid for this queue type.`)
  }
}

function traceHeader({ MessageSystemAttributes }: Given, trace: string | undefined): Record<string, string> {
  for (const [name, { DataType, StringValue }] of Object.entries(MessageSystemAttributes ?? {})) {
    if (name !== 'AWSTraceHeader') throw invalidParameter(`Message system attribute name '${name}' is invalid. You must use only the following: AWSTraceHeader.`)
    if (DataType !== 'String' || !StringValue) throw new UnsupportedOperation({ message: 'AWSTraceHeader must be a non-empty String.', $metadata: {} })
    return { AWSTraceHeader: StringValue }
  }
  return trace === undefined ? {} : { AWSTraceHeader: trace }
}

function badId(parameter: string, value: string) {
  return invalidParameter(`Value ${value.slice(0, 200)} for parameter ${parameter} is invalid. Reason: ${parameter} can only include alphanumeric and punctuation characters. 1 to 128 in length.`)
}
