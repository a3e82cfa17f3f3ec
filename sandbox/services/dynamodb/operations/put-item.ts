import { PutItem$ } from '@aws-sdk/client-dynamodb'
import { operation } from '../../../operation'
import { onItems } from '../access'
import { writeItem } from '../item-calls'
import { readChecked } from '../read-input'

/** Puts an item in place of the one with its key. */
export const putItem = operation<any, any>(PutItem$, {
  ...onItems,
  readJson: readChecked(PutItem$, 'putItem'),
  run: (call) => writeItem(call, 'putItem'),
})
