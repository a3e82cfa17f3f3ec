import { collection } from '../../store'
import type { StoredAttribute } from '../sqs/records'

export interface Topic {
  account: string
  region: string
  name: string
  /** Names its messages' sequence, so that a topic made anew under an old name begins anew. */
  id: string
  /** Attributes as they were set, defaults left out. */
  attributes: Record<string, string>
  tags: Record<string, string>
  /** ISO 8601. */
  createdAt: string
}

export interface Subscription {
  id: string
  topic: { account: string; region: string; name: string }
  /** The account that subscribed. */
  owner: string
  /** ARN of who subscribed. */
  principal: string
  protocol: string
  endpoint: string
  /** Attributes as they were set, defaults left out. */
  attributes: Record<string, string>
  isPending: boolean
  /** Only a signed call of the topic's or the subscription's owner ends it. */
  isGuarded: boolean
  wasAuthenticated: boolean
  /** ISO 8601. */
  createdAt: string
}

/** By which a subscription is confirmed, or one that was ended begun again. */
export interface Token {
  subscription: Subscription
}

/** Scope: account and region; key: the topic's name. */
export const topics = collection<Topic>('sns/topics')
/** Scope: account and region of the topic; key: `topic/id`. */
export const subscriptions = collection<Subscription>('sns/subscriptions')
/** What an account subscribed to, also of others. Scope: its account and the topic's region; key: the subscription's ARN. */
export const subscribed = collection<{ arn: string }>('sns/subscribed')
/** Scope: account and region of the topic; key: the token. */
export const tokens = collection<Token>('sns/tokens')

/** A message of the last five minutes in a FIFO topic. */
export interface Deduplication {
  messageId: string
  sequence: string
  /** Epoch ms. */
  until: number
}
/** Scope: the topic's id; key: the deduplication id, within its group where the topic says so. */
export const deduplications = collection<Deduplication>('sns/deduplications')

/** A message as it is published, checked. */
export interface Message {
  id: string
  body: string
  /** Bodies for protocols that get one of their own (MessageStructure json). */
  bodies?: Record<string, string>
  subject?: string
  attributes: Record<string, StoredAttribute>
  group?: string
  deduplicationId?: string
  sequence?: string
  /** Trace header of the call that brought it. */
  trace?: string
  /** ISO 8601. */
  timestamp: string
}
