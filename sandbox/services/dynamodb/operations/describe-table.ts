import { DescribeTable$ } from '@aws-sdk/client-dynamodb'
import { operation } from '../../../operation'
import { onTable } from '../access'
import { describeTableRecord } from '../describe-table'
import { tableOf } from '../names'
import { readChecked } from '../read-input'
import { requireTable } from '../tables'

/** Tells of a table; its items are counted to the last one. */
export const describeTable = operation<any, any>(DescribeTable$, {
  ...onTable,
  readJson: readChecked(DescribeTable$, 'describeTable'),
  run: async (call) => ({ Table: await describeTableRecord(call.sandbox, await requireTable(call.sandbox, tableOf(call))) }),
})
