import { inAccount } from '../../clock'
import type { Sandbox } from '../../sandbox'
import { accountOf, scopeOf } from '../../store'
import { finishDeletions } from './delete-contents'
import { deleteExpired } from './expiry'
import type { TableName } from './names'
import { streamRecords, tables, transactionTokens, type Stream } from './records'
import { findTable, itemScope, lockTables } from './tables'
import { TOKEN_MS } from './token-life'

const EXPIRE_EVERY_MS = 10_000
/** Old records take room and nothing else: they are looked for in every sixth round. */
const FORGET_EVERY = 6
/** DynamoDB developer guide, "Data retention limit for DynamoDB Streams". */
const RETENTION_MS = 24 * 3_600_000
const AT_ONCE = 500

/**
 * Deletes what has expired, every few seconds and whenever an account's clock is moved; goes on with deletions of tables
 * that were broken off. Gives what ends it and waits for what is running.
 */
export function keepDynamoDb(sandbox: Sandbox, everyMs = EXPIRE_EVERY_MS): () => Promise<void> {
  let running: Promise<void> = finishDeletions(sandbox).catch(console.error)
  let isClosed = false
  let round = 0
  const sweep = (account?: string) => {
    if (isClosed) return
    running = running
      .then(async () => {
        if (isClosed) return
        await deleteExpired(sandbox, account)
        round += 1
        if (account !== undefined || round % FORGET_EVERY === 0) await forgetOld(sandbox, account)
      })
      .catch(console.error)
  }
  const timer = setInterval(() => sweep(), everyMs).unref()
  const stopListening = sandbox.clock.onMove((account) => sweep(account))
  return async () => {
    isClosed = true
    clearInterval(timer)
    stopListening()
    await running
  }
}

/** Drops stream records after a day, streams a day after their end, and tokens of transactions after ten minutes. */
async function forgetOld(sandbox: Sandbox, ofAccount?: string): Promise<void> {
  const prefix = ofAccount === undefined ? '' : `${ofAccount}/`
  for (const scope of await sandbox.store.scopes(tables, prefix)) {
    for (const { value: table } of await sandbox.store.list(tables, scope)) {
      const until = inAccount(sandbox, table.account).now() - RETENTION_MS
      for (const { label } of table.streams) await forget(sandbox, `${itemScope(table)}/${label}`, until)
      if (table.streams.some((stream) => isOver(stream, until))) await dropStreams(sandbox, table, until)
    }
  }
  for (const scope of await sandbox.store.scopes(transactionTokens, prefix)) {
    const now = inAccount(sandbox, accountOf(scope)).now()
    const old = (await sandbox.store.list(transactionTokens, scope)).filter(({ value }) => now - value.at >= TOKEN_MS)
    if (old.length > 0) await sandbox.store.batch(old.map(({ key }) => ({ collection: transactionTokens, scope, key })))
  }
}

function isOver({ disabledAt }: Stream, until: number): boolean {
  return disabledAt !== undefined && disabledAt < until
}

async function dropStreams(sandbox: Sandbox, name: TableName, until: number): Promise<void> {
  await lockTables(sandbox, [name], async () => {
    const table = await findTable(sandbox, name)
    if (table) await sandbox.store.put(tables, scopeOf(name), name.name, { ...table, streams: table.streams.filter((stream) => !isOver(stream, until)) })
  })
}

async function forget(sandbox: Sandbox, scope: string, until: number): Promise<void> {
  for (;;) {
    const found = await sandbox.store.list(streamRecords, scope, { limit: AT_ONCE })
    const old = found.filter(({ value }) => value.at < until)
    if (old.length > 0) await sandbox.store.batch(old.map(({ key }) => ({ collection: streamRecords, scope, key })))
    if (old.length < AT_ONCE) return
  }
}
