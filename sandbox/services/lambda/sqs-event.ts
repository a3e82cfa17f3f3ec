import type { Received } from '../sqs/messages'
import { systemAttributes } from '../sqs/system-attributes'
import { matchesPattern, type EventPattern } from '../../event-pattern'

/** A message as it stands in a function's event (Lambda developer guide, "Using Lambda with Amazon SQS"). */
export function sqsRecord(received: Received, queueArn: string) {
  const { message, handle } = received
  return {
    messageId: message.id,
    receiptHandle: handle,
    body: message.body,
    attributes: systemAttributes(received),
    messageAttributes: Object.fromEntries(
      Object.entries(message.attributes ?? {}).map(([name, { DataType, StringValue, BinaryValue }]) => [
        name,
        { ...(StringValue === undefined ? { binaryValue: BinaryValue } : { stringValue: StringValue }), stringListValues: [], binaryListValues: [], dataType: DataType },
      ]),
    ),
    ...(message.attributesMd5 === undefined ? {} : { md5OfMessageAttributes: message.attributesMd5 }),
    md5OfBody: message.md5,
    eventSource: 'aws:sqs',
    eventSourceARN: queueArn,
    awsRegion: queueArn.split(':')[3]!,
  }
}

export type SqsRecord = ReturnType<typeof sqsRecord>

/** Tells whether a message passes one of the filters. A pattern on fields of the body takes a body that is JSON. */
export function passes(filters: EventPattern[], record: SqsRecord): boolean {
  return filters.length === 0 || filters.some((pattern) => matchesPattern(pattern, { ...record, body: Array.isArray(pattern.body) ? record.body : parsed(record.body) }))
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}
