import { AwsError } from '../../errors'
import type { Call } from '../../operation'
import { act, db, type IndexSchema, type Item } from './dynalite'
import { tableOf, type TableName } from './names'
import type { Table } from './records'
import { findTable, lockTables } from './tables'
import { Workspace } from './workspace'

/** The tables that are there, by name. */
export async function openTables(call: Call, names: TableName[]): Promise<Map<string, Table>> {
  const found = await Promise.all(names.map((name) => findTable(call.sandbox, name)))
  return new Map(found.filter((table) => table !== undefined).map((table) => [table.name, table]))
}

/** Runs an action of dynalite that only reads. */
export async function readItems(call: Call, action: string, names: TableName[]): Promise<any> {
  const tables = await openTables(call, names)
  const { ExclusiveStartKey: startKey, IndexName } = call.input
  const local = tables.get(names[0]!.name)?.schema.LocalSecondaryIndexes?.find((index) => index.IndexName === IndexName)
  const isWhole = local !== undefined && wantsMore(tables.get(names[0]!.name)!, local, call.input)
  // dynalite would fetch the items itself, and trip where one is gone meanwhile.
  const input = isWhole && call.input.Select === 'ALL_ATTRIBUTES' ? Object.create(call.input, { Select: { value: undefined } }) : call.input
  return act(action, new Workspace(call.sandbox, tables, { startKey, isWhole }), input)
}

/** Whether a read of a local index asks for what the index does not project: DynamoDB then fetches the items. */
function wantsMore({ schema }: Table, { KeySchema, Projection }: IndexSchema, { Select, AttributesToGet, _projection }: any): boolean {
  if (Projection.ProjectionType === 'ALL') return false
  if (Select === 'ALL_ATTRIBUTES') return true
  const wanted: string[] = AttributesToGet ?? (_projection?.paths ?? []).map((path: unknown) => String([path].flat()[0]))
  const held = [...schema.KeySchema, ...KeySchema].map(({ AttributeName }) => AttributeName).concat(Projection.NonKeyAttributes ?? [])
  return wanted.some((name) => !held.includes(name))
}

/** Runs an action of dynalite that writes, and writes down what it did. */
export function writeItems(call: Call, action: string, names: TableName[]): Promise<any> {
  return lockTables(call.sandbox, names, async () => {
    const workspace = new Workspace(call.sandbox, await openTables(call, names))
    const result = await act(action, workspace, call.input)
    await workspace.commit()
    return result
  })
}

/** Puts, updates or deletes one item. */
export function writeItem(call: Call, action: 'putItem' | 'updateItem' | 'deleteItem'): Promise<any> {
  const name = tableOf(call)
  return lockTables(call.sandbox, [name], async () => {
    const tables = await openTables(call, [name])
    const workspace = new Workspace(call.sandbox, tables)
    const result = await act(action, workspace, ownKey(call.input)).catch((error) => {
      throw withItem(error, call.input, workspace, tables.get(name.name))
    })
    await workspace.commit()
    const table = tables.get(name.name)!
    return { ...result, ...withIndexes(table, result.ConsumedCapacity, call.input, workspace), ...collectionMetrics(call.input, table) }
  })
}

/** Makes an input whose key may be changed: an update of an item that is not there builds the item on it. */
export function ownKey(input: any): any {
  return Object.create(input, { Key: { value: { ...input.Key }, enumerable: true } })
}

/** A failed condition, with the item that failed it where the call asks for that. */
export function withItem(error: unknown, input: any, workspace: Workspace, table: Table | undefined): unknown {
  if (!(error instanceof AwsError) || error.code !== 'ConditionalCheckFailedException' || input.ReturnValuesOnConditionCheckFailure !== 'ALL_OLD' || !table) return error
  const before = workspace.before(table.name, db.createKey(input.Key ?? input.Item, table.schema))
  return before ? new AwsError(error.code, error.message, error.status, { Item: before }) : error
}

/** What a write costs, with what it costs in the indexes that it changes. */
function withIndexes({ schema }: Table, consumed: { CapacityUnits: number; Table?: object } | undefined, input: { ReturnConsumedCapacity?: string }, workspace: Workspace) {
  if (!consumed) return {}
  const { indexUnits } = workspace
  const total = [...indexUnits.values()].reduce((sum, units) => sum + units, consumed.CapacityUnits)
  const of = (indexes: IndexSchema[] = []) => indexes.flatMap(({ IndexName }) => (indexUnits.has(IndexName) ? [[IndexName, { CapacityUnits: indexUnits.get(IndexName)! }] as const] : []))
  const [local, global] = [of(schema.LocalSecondaryIndexes), of(schema.GlobalSecondaryIndexes)]
  const perIndex = {
    ...(local.length > 0 ? { LocalSecondaryIndexes: Object.fromEntries(local) } : {}),
    ...(global.length > 0 ? { GlobalSecondaryIndexes: Object.fromEntries(global) } : {}),
  }
  return { ConsumedCapacity: { ...consumed, CapacityUnits: total, ...(input.ReturnConsumedCapacity === 'INDEXES' ? perIndex : {}) } }
}

/** Item collections are told of tables with local indexes only; here none ever nears 10 GB. */
function collectionMetrics(input: { ReturnItemCollectionMetrics?: string; Key?: Item; Item?: Item }, { schema }: Table) {
  if (input.ReturnItemCollectionMetrics !== 'SIZE' || !schema.LocalSecondaryIndexes) return {}
  const hashKey = schema.KeySchema[0]!.AttributeName
  return { ItemCollectionMetrics: { ItemCollectionKey: { [hashKey]: (input.Key ?? input.Item)![hashKey] }, SizeEstimateRangeGB: [0, 1] } }
}
