import type { Sandbox } from '../../sandbox'
import { isFifo, subscriptionArn, topicArn } from './names'
import type { Message, Subscription, Topic } from './records'
import { sign } from './signature'

/** What of a notification is the same for all subscribers of a protocol: its signature is reckoned once. */
export interface Notice {
  document: Record<string, unknown>
  signature: { SignatureVersion: string; Signature: string; SigningCertURL: string } | undefined
}

/** The text of a message for a protocol. */
export function bodyFor(message: Message, protocol: string): string {
  return message.bodies && Object.hasOwn(message.bodies, protocol) ? message.bodies[protocol]! : message.body
}

/** Makes a message's notice for a protocol. FIFO topics do not sign. */
export async function noticeOf(sandbox: Sandbox, topic: Topic, message: Message, protocol: string): Promise<Notice> {
  const document = {
    Type: 'Notification',
    MessageId: message.id,
    ...(message.sequence === undefined ? {} : { SequenceNumber: message.sequence }),
    TopicArn: topicArn(topic),
    ...(message.subject === undefined ? {} : { Subject: message.subject }),
    Message: bodyFor(message, protocol),
    Timestamp: message.timestamp,
  }
  return { document, signature: isFifo(topic) ? undefined : await sign(sandbox, document, topic.attributes.SignatureVersion ?? '1') }
}

/** The JSON that queues and HTTP endpoints get ("Parsing Amazon SNS message formats"). */
export function envelope(sandbox: Sandbox, { document, signature }: Notice, message: Message, subscription: Subscription): string {
  const attributes = attributesOf(message)
  return JSON.stringify({
    ...document,
    ...signature,
    UnsubscribeURL: unsubscribeUrl(sandbox, subscription),
    ...(Object.keys(attributes).length > 0 ? { MessageAttributes: attributes } : {}),
  })
}

/** The event that functions get ("Using AWS Lambda with Amazon SNS"). */
export function lambdaEvent(sandbox: Sandbox, { document, signature }: Notice, message: Message, subscription: Subscription): string {
  const { SigningCertURL, ...signed } = signature ?? {}
  const Sns = {
    Type: document.Type,
    MessageId: document.MessageId,
    TopicArn: document.TopicArn,
    Subject: message.subject ?? null,
    Message: document.Message,
    Timestamp: document.Timestamp,
    ...signed,
    ...(SigningCertURL === undefined ? {} : { SigningCertUrl: SigningCertURL }),
    UnsubscribeUrl: unsubscribeUrl(sandbox, subscription),
    MessageAttributes: attributesOf(message),
  }
  return JSON.stringify({ Records: [{ EventSource: 'aws:sns', EventVersion: '1.0', EventSubscriptionArn: subscriptionArn(subscription), Sns }] })
}

function attributesOf({ attributes }: Message): Record<string, { Type: string; Value: string }> {
  return Object.fromEntries(Object.entries(attributes).map(([name, { DataType, StringValue, BinaryValue }]) => [name, { Type: DataType, Value: StringValue ?? BinaryValue! }]))
}

function unsubscribeUrl(sandbox: Sandbox, subscription: Subscription): string {
  return `${sandbox.url()}/?Action=Unsubscribe&SubscriptionArn=${subscriptionArn(subscription)}`
}
