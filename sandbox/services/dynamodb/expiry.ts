import { inAccount } from '../../clock'
import type { Sandbox } from '../../sandbox'
import { deriveFromItems } from './derive'
import { expiryKey, inOrder } from './expiry-key'
import type { TableName } from './names'
import { expiries, type Table } from './records'
import { findTable, itemScope, lockTables } from './tables'
import { Workspace } from './workspace'

/** Items that expired longer ago than five years stay (DynamoDB developer guide, "Using time to live"). */
const LONGEST_AGO_S = 5 * 365 * 86_400
const AT_ONCE = 500
/** Who deletes expired items, as their stream records say. */
const DYNAMODB = { PrincipalId: 'dynamodb.amazonaws.com', Type: 'Service' }

/** Deletes the items that have expired, of all accounts or of one, each by its account's clock. */
export async function deleteExpired(sandbox: Sandbox, ofAccount?: string): Promise<void> {
  for (const scope of await sandbox.store.scopes(expiries, ofAccount === undefined ? '' : `${ofAccount}/`)) {
    const [account, region, name] = scope.split('/') as [string, string, string]
    const table = { account, region, name }
    const own = inAccount(sandbox, account)
    while ((await deleteSome(own, table)) === AT_ONCE);
  }
}

async function deleteSome(sandbox: Sandbox, name: TableName): Promise<number> {
  const now = Math.floor(sandbox.now() / 1000)
  const due: string[] = []
  for await (const key of sandbox.store.values(expiries, itemScope(name), { gte: inOrder(Math.max(0, now - LONGEST_AGO_S)), lt: inOrder(now), limit: AT_ONCE })) due.push(key)
  if (due.length === 0) return 0
  return lockTables(sandbox, [name], async () => {
    const table = await findTable(sandbox, name)
    if (!table) return 0
    const workspace = new Workspace(sandbox, new Map([[name.name, table]]))
    let count = 0
    for (const key of due) {
      // Meanwhile it may have been given another time.
      const at = expiryKey(table, key, await workspace.get(name.name, key))
      if (at === undefined || at >= inOrder(now)) continue
      workspace.delete(name.name, key)
      count += 1
    }
    await workspace.commit({ cause: DYNAMODB })
    return count
  })
}

/** Sets the order of expiries up for all that a table holds, or takes it away. Who calls this holds the table's lock. */
export async function orderExpiries(sandbox: Sandbox, table: Table): Promise<void> {
  const scope = itemScope(table)
  await sandbox.store.clear(expiries, scope)
  if (table.ttl === undefined) return
  await deriveFromItems(sandbox, table, (item, key) => {
    const at = expiryKey(table, key, item)
    return at === undefined ? undefined : { collection: expiries, scope, key: at, value: key }
  })
}
