import { DeleteItem$ } from '@aws-sdk/client-dynamodb'
import { operation } from '../../../operation'
import { onItems } from '../access'
import { writeItem } from '../item-calls'
import { readChecked } from '../read-input'

/** Deletes an item. */
export const deleteItem = operation<any, any>(DeleteItem$, {
  ...onItems,
  readJson: readChecked(DeleteItem$, 'deleteItem'),
  run: (call) => writeItem(call, 'deleteItem'),
})
