import { collection } from '../../store'

/** A queue and how it is set. */
export interface Queue {
  name: string
  account: string
  region: string
  /** Names its messages, so that a queue made anew under an old name begins empty. */
  id: string
  /** Attributes as they were set, defaults left out. */
  attributes: Record<string, string>
  tags: Record<string, string>
  /** Epoch seconds. */
  createdAt: number
  modifiedAt: number
}

/** Scope: `account/region`; key: the queue's name. */
export const queues = collection<Queue>('sqs/queues')

export interface StoredAttribute {
  DataType: string
  StringValue?: string
  /** base64 */
  BinaryValue?: string
}

/** What of a message does not change. */
export interface StoredMessage {
  id: string
  body: string
  md5: string
  attributes?: Record<string, StoredAttribute>
  attributesMd5?: string
  /** System attributes that do not change: SenderId, MessageGroupId and the like. */
  system: Record<string, string>
}

/** Where a message stands; written anew with every receive, so it is small and apart from the body. */
export interface Delivery {
  /** Epoch ms. */
  sentAt: number
  /** Epoch ms from which it can be received. */
  visibleAt: number
  /** Receives over all queues that it went through, as ApproximateReceiveCount tells. */
  received: number
  /** Receives in this queue, as the redrive policy counts. */
  receivedHere: number
  firstReceivedAt?: number
  /** The latest receipt, the only one that is good. */
  receipt?: string
  group?: string
}

/** Both have the queue's id as scope and the message's sequence number as key. */
export const messages = collection<StoredMessage>('sqs/messages')
export const deliveries = collection<Delivery>('sqs/deliveries')

/** A message of the last five minutes in a FIFO queue. */
export interface Deduplication {
  id: string
  sequence: string
  /** Epoch ms. */
  until: number
}

/** Scope: the queue's id; key: the deduplication id, within its group where the queue says so. */
export const deduplications = collection<Deduplication>('sqs/deduplications')
