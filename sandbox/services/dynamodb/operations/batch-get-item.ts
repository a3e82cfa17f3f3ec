import { BatchGetItem$ } from '@aws-sdk/client-dynamodb'
import { operation } from '../../../operation'
import { onRequestItems, requestedTables } from '../access'
import { readItems } from '../item-calls'
import { readChecked } from '../read-input'

/** Gets up to a hundred items of several tables. */
export const batchGetItem = operation<any, any>(BatchGetItem$, {
  ...onRequestItems,
  readJson: readChecked(BatchGetItem$, 'batchGetItem'),
  readOnly: true,
  run: (call) => readItems(call, 'batchGetItem', requestedTables(call)),
})
