import type { Sandbox } from '../../sandbox'
import { inAccount } from '../../clock'
import { scopeOf } from '../../store'
import type { TableName } from './names'
import { expiries, indexItems, items, streamRecords, tables, tallies } from './records'
import { itemScope } from './tables'

/** Deletes a table that is marked as being deleted, with all that is in it. Who calls this holds the table's lock. */
export async function deleteContents({ store }: Sandbox, name: TableName): Promise<void> {
  const scope = itemScope(name)
  for (const collection of [items, expiries]) await store.clear(collection, scope)
  for (const collection of [indexItems, streamRecords]) {
    for (const inner of await store.scopes(collection, `${scope}/`)) await store.clear(collection, inner)
  }
  await store.batch([
    { collection: tallies, scope: scopeOf(name), key: name.name },
    { collection: tables, scope: scopeOf(name), key: name.name },
  ])
}

/** Goes on with deletions that the end of the process broke off. */
export async function finishDeletions(sandbox: Sandbox): Promise<void> {
  for (const scope of await sandbox.store.scopes(tables, '')) {
    for (const { value } of await sandbox.store.list(tables, scope)) if (value.isDeleting) await deleteContents(inAccount(sandbox, value.account), value)
  }
}
