import { UpdateItem$ } from '@aws-sdk/client-dynamodb'
import { operation } from '../../../operation'
import { onItems } from '../access'
import { writeItem } from '../item-calls'
import { readChecked } from '../read-input'

/** Changes attributes of an item, making it where it is not there. */
export const updateItem = operation<any, any>(UpdateItem$, {
  ...onItems,
  readJson: readChecked(UpdateItem$, 'updateItem'),
  run: (call) => writeItem(call, 'updateItem'),
})
