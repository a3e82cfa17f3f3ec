import { createHash, randomUUID } from 'node:crypto'
import type { PublishInput } from '@aws-sdk/client-sns'
import type { Sandbox } from '../../sandbox'
import { sizeOf } from '../sqs/message-attributes'
import { invalid } from './errors'
import { readAttributes } from './message-attributes'
import { isFifo } from './names'
import type { Message, Topic } from './records'

/** Bytes of a message with its attributes, and of a batch. */
export const LARGEST = 262_144
const ID = /^[\w!"#$%&'()*+,\-./:;<=>?@[\\\]^`{|}~]{1,128}$/

type Given = Pick<PublishInput, 'Message' | 'Subject' | 'MessageStructure' | 'MessageAttributes' | 'MessageGroupId' | 'MessageDeduplicationId'>

/**
 * Holds a message against the topic's settings.
 * @param trace trace header of the call
 * @throws what SNS answers to what will not do
 */
export function newMessage(sandbox: Sandbox, topic: Topic, given: Given, trace?: string): Message {
  const { Message: text = '', Subject: subject, MessageStructure: structure } = given
  if (text === '') throw invalid('Empty message')
  if (subject !== undefined && !/^[^\p{Cc}]{1,100}$/u.test(subject)) throw invalid('Subject')
  if (structure !== undefined && structure !== 'json') throw invalid('MessageStructure')
  const attributes = readAttributes(given.MessageAttributes)
  if (Buffer.byteLength(text) + sizeOf(attributes) > LARGEST) throw invalid('Message too long')
  const bodies = structure === 'json' ? readBodies(text) : undefined
  const { MessageGroupId: group } = given
  if (group !== undefined && !ID.test(group)) throw invalid('MessageGroupId Reason: The parameter can contain up to 128 alphanumeric and punctuation characters')
  const deduplicationId = isFifo(topic) ? fifoDeduplicationId(topic, given) : refuseDeduplication(given)
  return {
    id: randomUUID(),
    body: bodies?.default ?? text,
    ...(bodies === undefined ? {} : { bodies }),
    ...(subject === undefined ? {} : { subject }),
    attributes,
    ...(group === undefined ? {} : { group }),
    ...(deduplicationId === undefined ? {} : { deduplicationId }),
    ...(trace === undefined ? {} : { trace }),
    timestamp: new Date(sandbox.now()).toISOString(),
  }
}

/** Bytes that a message takes of a batch. */
export function sizeOfMessage({ body, attributes }: Message): number {
  return Buffer.byteLength(body) + sizeOf(attributes)
}

function readBodies(text: string): Record<string, string> & { default: string } {
  let bodies: Record<string, unknown>
  try {
    bodies = JSON.parse(text) as typeof bodies
  } catch {
    throw invalid('Message Structure - JSON message body failed to parse')
  }
  const texts = Object.entries(bodies ?? {}).filter((entry): entry is [string, string] => typeof entry[1] === 'string')
  const found = Object.fromEntries(texts)
  if (found.default === undefined) throw invalid('Message Structure - No default entry in JSON message body')
  return found as Record<string, string> & { default: string }
}

function fifoDeduplicationId(topic: Topic, given: Given): string {
  if (given.MessageGroupId === undefined) throw invalid('The MessageGroupId parameter is required for FIFO topics')
  if (given.MessageDeduplicationId !== undefined) {
    if (!ID.test(given.MessageDeduplicationId)) throw invalid('MessageDeduplicationId Reason: The parameter can contain up to 128 alphanumeric and punctuation characters')
    return given.MessageDeduplicationId
  }
  if (topic.attributes.ContentBasedDeduplication !== 'true') throw invalid('The topic should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly')
  return createHash('sha256').update(given.Message!).digest('hex')
}

function refuseDeduplication({ MessageDeduplicationId }: Given): undefined {
  if (MessageDeduplicationId !== undefined) throw invalid('MessageDeduplicationId Reason: The request includes MessageDeduplicationId parameter that is not valid for this topic type')
}

