import { DeleteTable$ } from '@aws-sdk/client-dynamodb'
import { operation } from '../../../operation'
import { scopeOf } from '../../../store'
import { onTable } from '../access'
import { deleteContents } from '../delete-contents'
import { describeTableRecord } from '../describe-table'
import { tableOf } from '../names'
import { readChecked } from '../read-input'
import { tables } from '../records'
import { invalid } from '../table-settings'
import { lockTables, requireTable } from '../tables'

/** Deletes a table with its items, indexes and streams. It is gone when the answer comes; the answer says DELETING, as on AWS. */
export const deleteTable = operation<any, any>(DeleteTable$, {
  ...onTable,
  readJson: readChecked(DeleteTable$, 'deleteTable'),
  async run(call) {
    const name = tableOf(call)
    return lockTables(call.sandbox, [name], async () => {
      const table = await requireTable(call.sandbox, name)
      if (table.isProtected) throw invalid('Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.')
      const { GlobalSecondaryIndexes: _indexes, AttributeDefinitions: _definitions, ...described } = await describeTableRecord(call.sandbox, table, { table: 'DELETING' })
      await call.sandbox.store.put(tables, scopeOf(name), name.name, { ...table, isDeleting: true })
      await deleteContents(call.sandbox, name)
      return { TableDescription: described }
    })
  },
})
