import { DescribeContinuousBackups$ } from '@aws-sdk/client-dynamodb'
import { operation } from '../../../operation'
import { onTable } from '../access'
import { describeBackups, tableForBackups } from '../continuous-backups'
import { tableOf } from '../names'
import { readBySchema } from '../read-input'

/** Tells whether a table is set to be restorable to a point in time. */
export const describeContinuousBackups = operation<any, any>(DescribeContinuousBackups$, {
  ...onTable,
  readJson: readBySchema(DescribeContinuousBackups$),
  run: async (call) => describeBackups(call.sandbox, await tableForBackups(call.sandbox, tableOf(call))),
})
