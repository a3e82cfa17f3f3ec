import { ListTables$ } from '@aws-sdk/client-dynamodb'
import { operation } from '../../../operation'
import { scopeOf } from '../../../store'
import { readChecked } from '../read-input'
import { tables } from '../records'

const PAGE = 100

/** Lists the names of the region's tables, a page at a time. */
export const listTables = operation<any, any>(ListTables$, {
  resource: () => '*',
  readJson: readChecked(ListTables$, 'listTables'),
  async run({ sandbox, account, region, input }) {
    const { Limit = PAGE, ExclusiveStartTableName: after } = input
    const found = await sandbox.store.list(tables, scopeOf({ account, region }), { limit: Limit + 1, ...(after === undefined ? {} : { after }) })
    const names = found.slice(0, Limit).map(({ key }) => key)
    return { TableNames: names, ...(found.length > Limit ? { LastEvaluatedTableName: names.at(-1) } : {}) }
  },
})
