import { BatchWriteItem$ } from '@aws-sdk/client-dynamodb'
import { operation } from '../../../operation'
import { onRequestItems, requestedTables } from '../access'
import { writeItems } from '../item-calls'
import { readChecked } from '../read-input'

/** Puts and deletes up to 25 items of several tables; here all or nothing. */
export const batchWriteItem = operation<any, any>(BatchWriteItem$, {
  ...onRequestItems,
  readJson: readChecked(BatchWriteItem$, 'batchWriteItem'),
  run: (call) => writeItems(call, 'batchWriteItem', requestedTables(call)),
})
