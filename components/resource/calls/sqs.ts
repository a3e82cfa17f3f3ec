import { DeleteMessageCommand, PurgeQueueCommand, ReceiveMessageCommand, SendMessageCommand, StartMessageMoveTaskCommand } from '@aws-sdk/client-sqs'
import { z } from 'zod'
import { call } from './call'
import { optionalText } from './fields'

const queue = { url: z.url() }
const attributes = z.array(z.object({ name: z.string().min(1), value: z.string() })).max(10).optional()

/** Attributes of a message as SQS and SNS take them: all of type String. */
export function messageAttributes(given: { name: string; value: string }[] | undefined): { MessageAttributes?: Record<string, { DataType: string; StringValue: string }> } {
  return given?.length ? { MessageAttributes: Object.fromEntries(given.map(({ name, value }) => [name, { DataType: 'String', StringValue: value }])) } : {}
}

export const sqsCalls = {
  'sqs.send': call({
    input: z.object({ ...queue, body: z.string().min(1), delay: z.number().int().min(0).max(900).optional(), group: optionalText, deduplication: optionalText, attributes }),
    service: 'sqs',
    command: ({ url, body, delay, group, deduplication, attributes }) =>
      new SendMessageCommand({
        QueueUrl: url,
        MessageBody: body,
        ...(delay !== undefined && { DelaySeconds: delay }),
        ...(group !== undefined && { MessageGroupId: group }),
        ...(deduplication !== undefined && { MessageDeduplicationId: deduplication }),
        ...messageAttributes(attributes),
      }),
    answer: ({ MessageId = '', SequenceNumber }) => ({ id: MessageId, ...(SequenceNumber !== undefined && { sequence: SequenceNumber }) }),
  }),

  'sqs.peek': call({
    input: z.object(queue),
    service: 'sqs',
    command: ({ url }) => new ReceiveMessageCommand({ QueueUrl: url, MaxNumberOfMessages: 10, VisibilityTimeout: 0, WaitTimeSeconds: 0, MessageSystemAttributeNames: ['All'], MessageAttributeNames: ['All'] }),
    answer: ({ Messages = [] }) => ({
      messages: Messages.map(({ MessageId = '', Body = '', ReceiptHandle = '', Attributes = {}, MessageAttributes = {} }) => ({
        id: MessageId,
        body: Body,
        receipt: ReceiptHandle,
        system: Attributes as Record<string, string>,
        attributes: Object.fromEntries(Object.entries(MessageAttributes).map(([name, { StringValue, DataType }]) => [name, StringValue ?? `(${DataType})`])),
      })),
    }),
  }),

  'sqs.delete': call({
    input: z.object({ ...queue, receipt: z.string().min(1) }),
    service: 'sqs',
    command: ({ url, receipt }) => new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: receipt }),
    answer: () => ({}),
  }),

  'sqs.purge': call({
    input: z.object(queue),
    service: 'sqs',
    command: ({ url }) => new PurgeQueueCommand({ QueueUrl: url }),
    answer: () => ({}),
  }),

  'sqs.redrive': call({
    input: z.object({ source: z.string().min(1) }),
    service: 'sqs',
    command: ({ source }) => new StartMessageMoveTaskCommand({ SourceArn: source }),
    answer: ({ TaskHandle = '' }) => ({ task: TaskHandle }),
  }),
}
