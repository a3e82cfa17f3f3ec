import { UpdateTable$ } from '@aws-sdk/client-dynamodb'
import { operation } from '../../../operation'
import type { Sandbox } from '../../../sandbox'
import { scopeOf } from '../../../store'
import { onTable } from '../access'
import { deriveFromItems } from '../derive'
import { describeTableRecord } from '../describe-table'
import { validation } from '../dynalite'
import { tableOf } from '../names'
import { readChecked } from '../read-input'
import { indexItems, tables, tallies, type Table, type Throughput } from '../records'
import { applySettings, invalid, refuseUnserved } from '../table-settings'
import { indexScope, lockTables, requireTable, tallyOf } from '../tables'
import { applyIndexUpdates } from '../update-indexes'
import { count, projected } from '../workspace'

const SETTINGS = ['StreamSpecification', 'SSESpecification', 'TableClass', 'DeletionProtectionEnabled', 'OnDemandThroughput', 'WarmThroughput', 'ReplicaUpdates']

/** Changes throughput, indexes, stream or settings of a table. It is done when the answer comes; the answer says UPDATING, as on AWS. */
export const updateTable = operation<any, any>(UpdateTable$, {
  ...onTable,
  readJson: readUpdate(),
  async run(call) {
    const { sandbox, input } = call
    const name = tableOf(call)
    refuseUnserved(input, ['ReplicaUpdates', 'MultiRegionConsistency', 'GlobalTableWitnessUpdates', 'GlobalTableSettingsReplicationMode', 'VectorIndexUpdates'])
    return lockTables(sandbox, [name], async () => {
      const table = await requireTable(sandbox, name)
      const { made, gone } = applyIndexUpdates(table, input)
      applyThroughput(sandbox, table, input)
      applySettings(sandbox, table, input)
      const tally = await tallyOf(sandbox, table)
      for (const { IndexName } of made) {
        tally.indexes[IndexName] = { count: 0, bytes: 0 }
        // What a deletion that was broken off may have left.
        await sandbox.store.clear(indexItems, indexScope(table, IndexName))
      }
      for (const index of made) {
        await deriveFromItems(sandbox, table, (item) => {
          const held = projected(table, index, item)
          if (held) count(tally.indexes[index.IndexName]!, undefined, held.item)
          return held && { collection: indexItems, scope: indexScope(table, index.IndexName), key: held.key, value: held.item }
        })
      }
      for (const index of gone) delete tally.indexes[index]
      await sandbox.store.batch([
        { collection: tables, scope: scopeOf(name), key: name.name, value: table },
        { collection: tallies, scope: scopeOf(name), key: name.name, value: tally },
      ])
      for (const index of gone) await sandbox.store.clear(indexItems, indexScope(table, index))
      const statuses = Object.fromEntries(made.map(({ IndexName }) => [IndexName, 'CREATING']))
      return { TableDescription: await describeTableRecord(sandbox, table, { table: 'UPDATING', index: statuses }) }
    })
  },
})

/**
 * dynalite's checks, made up to date: an index of a table on demand has no throughput, and there are more things to change
 * than it knows. Its `UpdateStreamEnabled` stands for all of those.
 */
function readUpdate() {
  const { types, custom } = validation('updateTable')
  const renewed = structuredClone(types)
  delete renewed.GlobalSecondaryIndexUpdates.children.children.Create.children.ProvisionedThroughput.notNull
  const read = readChecked(UpdateTable$, { types: { ...renewed, UpdateStreamEnabled: 'Boolean' }, custom: custom! })
  return (body: Record<string, unknown>) => {
    const { UpdateStreamEnabled: _mark, ...input } = read({ ...body, UpdateStreamEnabled: SETTINGS.some((name) => body[name] != null) })
    return input
  }
}

function applyThroughput(sandbox: Sandbox, table: Table, { BillingMode, ProvisionedThroughput: given, GlobalSecondaryIndexUpdates: updates = [] }: { BillingMode?: Table['billing']; ProvisionedThroughput?: Throughput; GlobalSecondaryIndexUpdates?: { Update?: { IndexName: string } }[] }): void {
  const before = table.billing
  table.billing = BillingMode ?? before
  if (table.billing === 'PAY_PER_REQUEST') {
    if (given) throw invalid('One or more parameter values were invalid: Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST')
    if (before === 'PAY_PER_REQUEST') return
    table.onDemandSince = sandbox.now()
    table.throughput = { ReadCapacityUnits: 0, WriteCapacityUnits: 0, NumberOfDecreasesToday: 0 }
    table.indexThroughput = {}
    return
  }
  if (before !== 'PROVISIONED') {
    delete table.onDemandThroughput
    const told = new Set(updates.map(({ Update }) => Update?.IndexName))
    const untold = (table.schema.GlobalSecondaryIndexes ?? []).map(({ IndexName }) => IndexName).filter((index) => !told.has(index))
    if (untold.length > 0) throw invalid(`One or more parameter values were invalid: ProvisionedThroughput must be specified for index: ${untold.join(',')}`)
  }
  if (!given) return
  const { ReadCapacityUnits: reads, WriteCapacityUnits: writes } = table.throughput
  const [more, fewer] = [given.ReadCapacityUnits > reads || given.WriteCapacityUnits > writes, given.ReadCapacityUnits < reads || given.WriteCapacityUnits < writes]
  if (!more && !fewer) {
    throw invalid(
      'The provisioned throughput for the table will not change. The requested value equals the current value. ' +
        `Current ReadCapacityUnits provisioned for the table: ${reads}. Requested ReadCapacityUnits: ${given.ReadCapacityUnits}. ` +
        `Current WriteCapacityUnits provisioned for the table: ${writes}. Requested WriteCapacityUnits: ${given.WriteCapacityUnits}. ` +
        'Refer to the Amazon DynamoDB Developer Guide for current limits and how to request higher limits.',
    )
  }
  const now = sandbox.now() / 1000
  table.throughput = { ...table.throughput, ...given, ...(more ? { LastIncreaseDateTime: now } : {}), ...(fewer ? { LastDecreaseDateTime: now, NumberOfDecreasesToday: table.throughput.NumberOfDecreasesToday + 1 } : {}) }
}
