import type { Sandbox } from '../../sandbox'
import type { Write } from '../../store'
import { db, type Item } from './dynalite'
import { items, type Table } from './records'
import { itemScope } from './tables'

const AT_ONCE = 500

/** Writes what follows from each item that a table holds. Who calls this holds the table's lock. */
export async function deriveFromItems(sandbox: Sandbox, table: Table, derive: (item: Item, key: string) => Write | undefined): Promise<void> {
  let writes: Write[] = []
  for await (const item of sandbox.store.values(items, itemScope(table))) {
    const write = derive(item, db.createKey(item, table.schema))
    if (write) writes.push(write)
    if (writes.length < AT_ONCE) continue
    await sandbox.store.batch(writes)
    writes = []
  }
  await sandbox.store.batch(writes)
}
