import { Query$ } from '@aws-sdk/client-dynamodb'
import { operation } from '../../../operation'
import { onItems } from '../access'
import { readItems } from '../item-calls'
import { tableOf } from '../names'
import { readChecked } from '../read-input'

/** Reads the items of one hash key, of the table or of an index, in the order of the range key. */
export const query = operation<any, any>(Query$, {
  ...onItems,
  readJson: readChecked(Query$, 'query'),
  readOnly: true,
  run: (call) => readItems(call, 'query', [tableOf(call)]),
})
