import { AwsError } from '../../errors'
import type { Sandbox } from '../../sandbox'
import { scopeOf, type Write } from '../../store'
import { db, LARGEST_ITEM, type ActionStore, type IndexSchema, type Item, type Range } from './dynalite'
import { expiries, indexItems, items, streamRecords, tallies, type Table, type Tally } from './records'
import { indexesOf, indexScope, itemScope, tallyOf } from './tables'
import { streamRecord, type Cause } from './stream-record'
import { expiryKey } from './expiry-key'
import { itemBytes } from './item-size'
import { streamsChanged } from './stream-news'

/** How a Query or Scan reads an index. */
export interface Reading {
  /** Where it goes on from. */
  startKey?: Item
  /** Gives the items themselves, not what the index projects of them. */
  isWhole?: boolean
}

interface Change {
  table: Table
  key: string
  before: Item | undefined
  after: Item | undefined
}

/**
 * What a call reads and writes. Writes are kept back until {@link Workspace.commit}, which writes items, indexes, tallies,
 * expiries and stream records in one batch: all or nothing, also across a crash. Who commits holds the locks of the tables.
 */
export class Workspace implements ActionStore {
  readonly #changes = new Map<string, Change>()
  /** Write capacity that the commit took from each index that it changed. */
  readonly indexUnits = new Map<string, number>()

  constructor(
    private readonly sandbox: Sandbox,
    private readonly tables: Map<string, Table>,
    private readonly reading: Reading = {},
  ) {}

  table(name: string) {
    return this.tables.get(name)?.schema
  }

  async get(name: string, key: string): Promise<Item | undefined> {
    return (await this.#look(this.tables.get(name)!, key)).after
  }

  /** @throws AwsError ValidationException where the key of an index is empty, or the item is too large */
  put(name: string, key: string, item: Item): void {
    requireIndexKeys(this.tables.get(name)!, item)
    if (itemBytes(item) > LARGEST_ITEM) throw new AwsError('ValidationException', 'Item size has exceeded the maximum allowed size')
    this.#changes.get(address(name, key))!.after = item
  }

  delete(name: string, key: string): void {
    this.#changes.get(address(name, key))!.after = undefined
  }

  /** How an item was before this call, where it was looked at. */
  before(name: string, key: string): Item | undefined {
    return this.#changes.get(address(name, key))?.before
  }

  async *values(name: string, indexName: string | undefined, range: Range): AsyncGenerator<Item> {
    const table = this.tables.get(name)!
    if (indexName === undefined) yield* this.#bare(this.sandbox.store.values(items, itemScope(table), range))
    else {
      const index = indexesOf(table).find(({ IndexName }) => IndexName === indexName)!
      // dynalite's index keys end in a short hash of the item's key; those here end in the key itself, so that no two are the same.
      const start = this.reading.startKey && indexKey(table, index, this.reading.startKey)
      const from = start === undefined ? {} : range.reverse ? { lt: start } : { gt: start }
      const found = this.sandbox.store.values(indexItems, indexScope(table, indexName), { ...range, ...from })
      yield* this.reading.isWhole ? this.#whole(table, found) : this.#bare(found)
    }
  }

  /** Writes all changes, and `more` along with them. */
  async commit({ cause, more = [] }: { cause?: Cause; more?: Write[] } = {}): Promise<void> {
    const writes = [...more]
    const changed = [...this.#changes.values()].filter(({ before, after }) => before !== after)
    const changedTables = new Set(changed.map(({ table }) => table))
    for (const table of changedTables) {
      const tally = await tallyOf(this.sandbox, table)
      for (const change of changed) if (change.table === table) writes.push(...this.#writesOf(change, tally, cause))
      writes.push({ collection: tallies, scope: scopeOf(table), key: table.name, value: tally })
    }
    if (writes.length > 0) await this.sandbox.store.batch(writes)
    for (const table of changedTables) if (currentStream(table)) streamsChanged(table)
  }

  #writesOf({ table, key, before, after }: Change, tally: Tally, cause: Cause | undefined): Write[] {
    const scope = itemScope(table)
    const writes: Write[] = [{ collection: items, scope, key, value: after }]
    count(tally, before, after)
    for (const index of indexesOf(table)) {
      const [was, is] = [projected(table, index, before), projected(table, index, after)]
      if (was) writes.push({ collection: indexItems, scope: indexScope(table, index.IndexName), key: was.key })
      if (is) writes.push({ collection: indexItems, scope: indexScope(table, index.IndexName), key: is.key, value: is.item })
      const units = indexUnits(was, is)
      if (units > 0) this.indexUnits.set(index.IndexName, (this.indexUnits.get(index.IndexName) ?? 0) + units)
      count((tally.indexes[index.IndexName] ??= { count: 0, bytes: 0 }), was?.item, is?.item)
    }
    const [expiredAt, expiresAt] = [expiryKey(table, key, before), expiryKey(table, key, after)]
    if (expiredAt !== undefined) writes.push({ collection: expiries, scope, key: expiredAt })
    if (expiresAt !== undefined) writes.push({ collection: expiries, scope, key: expiresAt, value: key })
    const stream = currentStream(table)
    const record = stream && streamRecord(table, stream, { before, after, sequence: tally.sequence + 1, at: this.sandbox.now(), cause })
    if (record) {
      tally.sequence += 1
      writes.push({ collection: streamRecords, scope: `${scope}/${stream.label}`, key: record.record.dynamodb.SequenceNumber, value: record })
    }
    return writes
  }

  async #look(table: Table, key: string): Promise<Change> {
    const at = address(table.name, key)
    const known = this.#changes.get(at)
    if (known) return known
    const before = bare(await this.sandbox.store.get(items, itemScope(table), key))
    const change = { table, key, before, after: before }
    this.#changes.set(at, change)
    return change
  }

  /** The items behind the entries of an index; one that is deleted meanwhile is passed over. */
  async *#whole(table: Table, entries: AsyncIterable<Item>): AsyncGenerator<Item> {
    for await (const entry of entries) {
      const item = await this.sandbox.store.get(items, itemScope(table), db.createKey(entry, table.schema))
      if (item) yield bare(item)!
    }
  }

  async *#bare(values: AsyncIterable<Item>): AsyncGenerator<Item> {
    for await (const value of values) yield bare(value)!
  }
}

/** An attribute may be called `constructor`: an item without a prototype has it only where it was given. */
function bare(item: Item | undefined): Item | undefined {
  return item && Object.setPrototypeOf(item, null)
}

function requireIndexKeys(table: Table, item: Item): void {
  for (const { IndexName, KeySchema } of indexesOf(table)) {
    for (const { AttributeName } of KeySchema) {
      const kind = item[AttributeName]?.S === '' ? 'string' : item[AttributeName]?.B === '' ? 'binary' : undefined
      if (kind === undefined) continue
      throw new AwsError(
        'ValidationException',
        'One or more parameter values are not valid. A value specified for a secondary index key is not supported. ' +
          `The AttributeValue for a key attribute cannot contain an empty ${kind} value. IndexName: ${IndexName}, IndexKey: ${AttributeName}`,
      )
    }
  }
}

function address(table: string, key: string): string {
  return `${table}/${key}`
}

/**
 * Write capacity units of an index for a change of an item: none where the index holds the same as before, and a deletion
 * and an insertion where its key changes (DynamoDB developer guide, "Using global secondary indexes", on write costs).
 */
function indexUnits(was: { key: string; item: Item } | undefined, is: { key: string; item: Item } | undefined): number {
  const units = (item: Item) => Math.ceil(itemBytes(item) / 1024)
  if (was && is && was.key === is.key) return JSON.stringify(was.item) === JSON.stringify(is.item) ? 0 : Math.max(units(was.item), units(is.item))
  return (was ? units(was.item) : 0) + (is ? units(is.item) : 0)
}

/** The stream that takes the records of a table. */
export function currentStream({ streams }: Table) {
  const last = streams.at(-1)
  return last?.disabledAt === undefined ? last : undefined
}

function indexKey({ schema }: Table, index: IndexSchema, item: Item): string {
  return db.createKey(item, schema, index.KeySchema) + db.createKey(item, schema)
}

/** What an index holds of an item; undefined where the item has not all of the index's keys. */
export function projected(table: Table, index: IndexSchema, item: Item | undefined): { key: string; item: Item } | undefined {
  const keys = index.KeySchema.map(({ AttributeName }) => AttributeName)
  // An item from before the index may have another type there.
  const typeOf = (name: string) => table.schema.AttributeDefinitions.find(({ AttributeName }) => AttributeName === name)!.AttributeType
  if (!item || !keys.every((name) => item[name]?.[typeOf(name)] !== undefined)) return undefined
  const { ProjectionType, NonKeyAttributes = [] } = index.Projection
  const names = [...table.schema.KeySchema.map(({ AttributeName }) => AttributeName), ...keys, ...NonKeyAttributes]
  const held = ProjectionType === 'ALL' ? item : Object.fromEntries(names.filter((name) => item[name] !== undefined).map((name) => [name, item[name]!]))
  return { key: indexKey(table, index, item), item: held }
}

export function count(tally: { count: number; bytes: number }, before: Item | undefined, after: Item | undefined): void {
  tally.count += Number(after !== undefined) - Number(before !== undefined)
  tally.bytes += (after ? itemBytes(after) : 0) - (before ? itemBytes(before) : 0)
}
