import { Scan$ } from '@aws-sdk/client-dynamodb'
import { operation } from '../../../operation'
import { onItems } from '../access'
import { readItems } from '../item-calls'
import { tableOf } from '../names'
import { readChecked } from '../read-input'

/** Reads all items of a table or of an index, or of one segment of it. */
export const scan = operation<any, any>(Scan$, {
  ...onItems,
  readJson: readChecked(Scan$, 'scan'),
  readOnly: true,
  run: (call) => readItems(call, 'scan', [tableOf(call)]),
})
