import { AwsError } from '../../errors'
import type { Sandbox } from '../../sandbox'
import { scopeOf } from '../../store'
import type { TableName } from './names'
import { tables, tallies, type Table, type Tally } from './records'

/** A table, where it is there and is not being deleted. */
export async function findTable(sandbox: Sandbox, name: TableName): Promise<Table | undefined> {
  const found = await sandbox.store.get(tables, scopeOf(name), name.name)
  return found?.isDeleting ? undefined : found
}

/** @throws AwsError ResourceNotFoundException in the words of the operations on tables */
export async function requireTable(sandbox: Sandbox, name: TableName): Promise<Table> {
  const found = await findTable(sandbox, name)
  if (!found) throw new AwsError('ResourceNotFoundException', `Requested resource not found: Table: ${name.name} not found`)
  return found
}

/** Runs `work` while no other work on the same tables runs; several are taken in one order, so that none waits for the other. */
export function lockTables<T>(sandbox: Sandbox, names: TableName[], work: () => Promise<T>): Promise<T> {
  const locks = [...new Set(names.map(itemScope))].sort()
  return locks.reduceRight<() => Promise<T>>((inner, lock) => () => sandbox.store.lock(`dynamodb ${lock}`, inner), work)()
}

/** Changes a table: `change` gets the record to alter, which is then written. @throws ResourceNotFoundException, and what `change` throws */
export function changeTable<T>(sandbox: Sandbox, name: TableName, change: (table: Table) => T | Promise<T>): Promise<T> {
  return lockTables(sandbox, [name], async () => {
    const table = await requireTable(sandbox, name)
    const result = await change(table)
    await sandbox.store.put(tables, scopeOf(name), name.name, table)
    return result
  })
}

/** Scope of what is in a table. */
export function itemScope({ account, region, name }: TableName): string {
  return `${account}/${region}/${name}`
}

export function indexScope(table: TableName, index: string): string {
  return `${itemScope(table)}/${index}`
}

export async function tallyOf(sandbox: Sandbox, table: TableName): Promise<Tally> {
  return (await sandbox.store.get(tallies, scopeOf(table), table.name)) ?? { count: 0, bytes: 0, sequence: 0, indexes: {} }
}

/** Both kinds of index. */
export function indexesOf({ schema }: Table): NonNullable<Table['schema']['GlobalSecondaryIndexes']> {
  return [...(schema.LocalSecondaryIndexes ?? []), ...(schema.GlobalSecondaryIndexes ?? [])]
}
