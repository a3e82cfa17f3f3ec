import { UpdateContinuousBackups$ } from '@aws-sdk/client-dynamodb'
import { operation } from '../../../operation'
import { onTable } from '../access'
import { describeBackups, tableForBackups } from '../continuous-backups'
import { tableOf } from '../names'
import { readBySchema } from '../read-input'
import { changeTable } from '../tables'

const DEFAULT_DAYS = 35

/** Keeps the setting; tables are not restored in the sandbox. */
export const updateContinuousBackups = operation<any, any>(UpdateContinuousBackups$, {
  ...onTable,
  readJson: readBySchema(UpdateContinuousBackups$),
  async run(call) {
    const { PointInTimeRecoveryEnabled: isEnabled, RecoveryPeriodInDays } = call.input.PointInTimeRecoverySpecification
    await tableForBackups(call.sandbox, tableOf(call))
    return changeTable(call.sandbox, tableOf(call), (table) => {
      if (isEnabled) {
        table.recoverableSince ??= call.sandbox.now()
        table.recoveryDays = RecoveryPeriodInDays ?? table.recoveryDays ?? DEFAULT_DAYS
      } else {
        delete table.recoverableSince
        delete table.recoveryDays
      }
      return describeBackups(call.sandbox, table)
    })
  },
})
