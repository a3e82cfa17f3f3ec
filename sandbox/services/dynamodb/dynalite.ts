import { Stream } from 'node:stream'
import batchGetItem from 'dynalite/actions/batchGetItem.js'
import batchWriteItem from 'dynalite/actions/batchWriteItem.js'
import deleteItem from 'dynalite/actions/deleteItem.js'
import getItem from 'dynalite/actions/getItem.js'
import putItem from 'dynalite/actions/putItem.js'
import query from 'dynalite/actions/query.js'
import scan from 'dynalite/actions/scan.js'
import updateItem from 'dynalite/actions/updateItem.js'
import * as dynaliteDb from 'dynalite/db/index.js'
import * as checksBatchGetItem from 'dynalite/validations/batchGetItem.js'
import * as checksBatchWriteItem from 'dynalite/validations/batchWriteItem.js'
import * as checksCreateTable from 'dynalite/validations/createTable.js'
import * as checksDeleteItem from 'dynalite/validations/deleteItem.js'
import * as checksDeleteTable from 'dynalite/validations/deleteTable.js'
import * as checksDescribeTable from 'dynalite/validations/describeTable.js'
import * as checksDescribeTimeToLive from 'dynalite/validations/describeTimeToLive.js'
import * as checksGetItem from 'dynalite/validations/getItem.js'
import * as checksListTables from 'dynalite/validations/listTables.js'
import * as checksPutItem from 'dynalite/validations/putItem.js'
import * as checksQuery from 'dynalite/validations/query.js'
import * as checksScan from 'dynalite/validations/scan.js'
import * as checksUpdateItem from 'dynalite/validations/updateItem.js'
import * as checksUpdateTable from 'dynalite/validations/updateTable.js'
import * as validations from 'dynalite/validations/index.js'
import { AwsError } from '../../errors'
import { settled } from './settled-expression'

/** A value as it goes over the wire: `{ S: 'text' }`, bytes in base64. */
export type AttributeValue = Record<string, any>
export type Item = Record<string, AttributeValue>

/** What dynalite reads of a table. */
export interface TableSchema {
  TableName: string
  AttributeDefinitions: { AttributeName: string; AttributeType: string }[]
  KeySchema: { AttributeName: string; KeyType: string }[]
  LocalSecondaryIndexes?: IndexSchema[]
  GlobalSecondaryIndexes?: IndexSchema[]
}

export interface IndexSchema {
  IndexName: string
  KeySchema: { AttributeName: string; KeyType: string }[]
  Projection: { ProjectionType: string; NonKeyAttributes?: string[] }
}

/** An error of dynalite that is an answer. */
interface Refusal extends Error {
  statusCode?: number
  body?: { __type: string; message?: string; Message?: string }
}

interface Validation {
  types: Record<string, any>
  custom?(data: any, store: unknown): string | undefined | null
}

const actions: Record<string, (store: object, data: object, done: Callback) => void> = { batchGetItem, batchWriteItem, deleteItem, getItem, putItem, query, scan, updateItem }
const checks: Record<string, Validation> = {
  batchGetItem: checksBatchGetItem,
  batchWriteItem: checksBatchWriteItem,
  createTable: checksCreateTable,
  deleteItem: checksDeleteItem,
  deleteTable: checksDeleteTable,
  describeTable: checksDescribeTable,
  describeTimeToLive: checksDescribeTimeToLive,
  getItem: checksGetItem,
  listTables: checksListTables,
  putItem: checksPutItem,
  query: checksQuery,
  scan: checksScan,
  updateItem: checksUpdateItem,
  updateTable: checksUpdateTable,
}

/** dynalite's own tools: keys, sizes, conditions. What gives `object | null | undefined` gives a refusal where there is one. */
export const db: {
  createKey(item: Item, table: TableSchema, keySchema?: TableSchema['KeySchema']): string
  validateKey(key: Item, table: TableSchema): Refusal | null | undefined
  checkConditional(data: object, item: Item | undefined): Refusal | null | undefined
  /** In characters; see item-size.ts. */
  itemSize(item: Item): number
} = dynaliteDb

/** 400 KB (DynamoDB developer guide, "Quotas"). */
export const LARGEST_ITEM = 409_600
const LIMITS = { options: { maxItemSize: LARGEST_ITEM } }
/** dynalite ends the answer of a batch at a megabyte and the largest item; DynamoDB ends it at 16 MB. */
const BATCH_ROOM = 15 << 20

/** The checks of an operation: `putItem`. */
export function validation(name: string): Validation {
  return checks[name]!
}

/**
 * Reads a body by DynamoDB's rules and in its words; expressions are parsed on the way (`_condition`, `_updates`, …).
 * Members that the checks do not know are left out.
 * @throws AwsError SerializationException, ValidationException
 */
export function check({ types, custom }: Validation, body: Record<string, unknown>): any {
  try {
    const data = validations.checkTypes({ ...body }, types)
    validations.checkValidations(data, types, custom, LIMITS)
    for (const parsed of [data._condition, data._filter]) if (parsed) parsed.expression = settled(parsed.expression)
    // Parsed expressions are no parameters of the request: the audit trail passes over what is not enumerable.
    for (const name of Object.keys(data)) if (name.startsWith('_')) Object.defineProperty(data, name, { enumerable: false })
    return data
  } catch (error) {
    throw refusal(error)
  }
}

/** An error of dynalite as AWS's. */
export function refusal(error: unknown): Error {
  const { statusCode, body } = error as Refusal
  if (statusCode === undefined || body === undefined) return error as Error
  const { __type, message, Message, ...members } = body
  return new AwsError(__type.slice(__type.indexOf('#') + 1), message ?? Message ?? '', statusCode, members)
}

export interface Range {
  gt?: string
  gte?: string
  lt?: string
  lte?: string
  reverse?: boolean
  limit?: number
}

/** Where an action reads and writes. What it writes to indexes is passed over: they follow from the items. */
export interface ActionStore {
  table(name: string): TableSchema | undefined
  get(table: string, key: string): Promise<Item | undefined>
  put(table: string, key: string, item: Item): void
  delete(table: string, key: string): void
  values(table: string, index: string | undefined, range: Range): AsyncIterable<Item>
}

type Callback = (error: unknown, result?: any) => void

/**
 * Runs an action of dynalite (`putItem`).
 *
 * All of its callbacks are called from within a promise here, streams included: what it throws in one of them ends this
 * call, where it would otherwise end the process.
 * @throws AwsError with DynamoDB's error
 */
export async function act(name: string, store: ActionStore, data: object): Promise<any> {
  return new Promise((resolve, reject) => {
    const guarded = (step: () => void) => {
      try {
        step()
      } catch (error) {
        reject(error instanceof TypeError ? mismatch() : error)
      }
    }
    const answer = (work: Promise<unknown>, done: Callback) => void work.then((result) => guarded(() => done(null, result)), reject)
    const stream = (table: string, index: string | undefined, range: Range) => {
      const emitter = new ValueStream()
      void drive(emitter, () => store.values(table, index, range), guarded).catch(reject)
      return emitter
    }
    const unlocked = (_key: string, work: (release: (done: Callback) => Callback) => void) => work((done) => done)
    const itemDb = (table: string) => ({
      lock: unlocked,
      get: (key: string, done: Callback) => answer(store.get(table, key), done),
      put: (key: string, item: Item, done: Callback) => answer(Promise.resolve(store.put(table, key, item)), done),
      del: (key: string, done: Callback) => answer(Promise.resolve(store.delete(table, key)), done),
      createValueStream: (range: Range) => stream(table, undefined, range),
    })
    const indexDb = (_kind: string, table: string, index: string) => ({
      put: (_key: string, _item: Item, done: Callback) => done(null),
      del: (_key: string, done: Callback) => done(null),
      createValueStream: (range: Range) => stream(table, index, range),
    })
    const getTable = (table: string, done: Callback) => {
      const found = store.table(table)
      if (found) done(null, found)
      else done(noSuchTable())
    }
    guarded(() => actions[name]!({ options: { maxItemSize: name === 'batchGetItem' ? BATCH_ROOM : LARGEST_ITEM }, getTable, getItemDb: itemDb, getIndexDb: indexDb }, data, (error, result) => (error ? reject(refusal(error)) : resolve(result))))
  })
}

function noSuchTable(): AwsError {
  return new AwsError('ResourceNotFoundException', 'Requested resource not found')
}

/** dynalite trips over operands of types that do not go together, such as a prefix of a truth value. */
function mismatch(): AwsError {
  return new AwsError('ValidationException', 'An operand in the expression has an incorrect data type')
}

/** As much of a readable stream as dynalite uses. */
class ValueStream extends Stream {
  isDestroyed = false

  destroy(): void {
    this.isDestroyed = true
  }
}

async function drive(stream: ValueStream, values: () => AsyncIterable<Item>, guarded: (step: () => void) => void): Promise<void> {
  // Listeners are added after the stream is made.
  await Promise.resolve()
  for await (const value of values()) {
    if (stream.isDestroyed) return
    guarded(() => stream.emit('data', value))
  }
  guarded(() => stream.emit('end'))
}
