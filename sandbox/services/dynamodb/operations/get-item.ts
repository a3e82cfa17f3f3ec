import { GetItem$ } from '@aws-sdk/client-dynamodb'
import { operation } from '../../../operation'
import { onItems } from '../access'
import { readItems } from '../item-calls'
import { tableOf } from '../names'
import { readChecked } from '../read-input'

/** Gets an item by its key. */
export const getItem = operation<any, any>(GetItem$, {
  ...onItems,
  readJson: readChecked(GetItem$, 'getItem'),
  run: (call) => readItems(call, 'getItem', [tableOf(call)]),
})
