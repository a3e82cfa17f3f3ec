import { collection } from '../../store'
import type { Item, TableSchema } from './dynalite'

export interface Throughput {
  ReadCapacityUnits: number
  WriteCapacityUnits: number
}

/** The stream of a table, over or still going on. */
export interface Stream {
  /** Its creation time in ISO 8601 without a zone; part of its ARN. */
  label: string
  view: 'NEW_IMAGE' | 'OLD_IMAGE' | 'NEW_AND_OLD_IMAGES' | 'KEYS_ONLY'
  /** Epoch ms. */
  createdAt: number
  /** Epoch ms; its records stay readable for a day. */
  disabledAt?: number
}

export interface Table {
  account: string
  region: string
  name: string
  id: string
  /** Epoch ms. */
  createdAt: number
  schema: TableSchema
  billing: 'PROVISIONED' | 'PAY_PER_REQUEST'
  /** Epoch ms of the last change to PAY_PER_REQUEST. */
  onDemandSince?: number
  throughput: Throughput & { LastIncreaseDateTime?: number; LastDecreaseDateTime?: number; NumberOfDecreasesToday: number }
  /** By index. */
  indexThroughput: Record<string, Throughput>
  onDemandThroughput?: object
  tableClass?: string
  tableClassSince?: number
  sse?: { keyArn: string }
  isProtected: boolean
  /** Oldest first; of the last one only `disabledAt` may be missing. */
  streams: Stream[]
  /** The attribute that holds when an item expires, in epoch seconds. */
  ttl?: string
  /** Epoch ms; since when items can be restored to a point in time. */
  recoverableSince?: number
  recoveryDays?: number
  tags: Record<string, string>
  policy?: { text: string; revision: string }
  /** What is in it is being deleted; a restart goes on with that. */
  isDeleting?: boolean
}

/** Scope: `account/region`; key: the name. */
export const tables = collection<Table>('dynamodb/tables')
/** Scope: `account/region/table`; key: dynalite's of the item. */
export const items = collection<Item>('dynamodb/items')
/** What an index projects of an item. Scope: `account/region/table/index`; key: the index's key, then the item's. */
export const indexItems = collection<Item>('dynamodb/index-items')

/** What is in a table, counted with every write. */
export interface Tally {
  count: number
  bytes: number
  /** Number of the last stream record. */
  sequence: number
  indexes: Record<string, { count: number; bytes: number }>
}

/** Scope: `account/region`; key: the table. */
export const tallies = collection<Tally>('dynamodb/tallies')

/** Keys of items that will expire. Scope: `account/region/table`; key: epoch seconds in fifteen digits, then the item's key. */
export const expiries = collection<string>('dynamodb/expiries')

/** A stream record in the wire's JSON, with the sequence number as its key. Scope: `account/region/table/label`. */
export interface StreamRecord {
  /** Epoch ms. */
  at: number
  record: { eventID: string; eventName: 'INSERT' | 'MODIFY' | 'REMOVE'; dynamodb: Record<string, any>; userIdentity?: { PrincipalId: string; Type: string } } & Record<string, any>
}
export const streamRecords = collection<StreamRecord>('dynamodb/stream-records')

/** A transaction that was done under a client's token. Scope: `account/region`; key: the token. */
export const transactionTokens = collection<{ digest: string; at: number }>('dynamodb/transaction-tokens')
