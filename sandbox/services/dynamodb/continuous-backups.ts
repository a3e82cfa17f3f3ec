import { AwsError } from '../../errors'
import type { Sandbox } from '../../sandbox'
import type { TableName } from './names'
import type { Table } from './records'
import { findTable } from './tables'

/** @throws AwsError TableNotFoundException, which only the operations on backups know */
export async function tableForBackups(sandbox: Sandbox, name: TableName): Promise<Table> {
  const found = await findTable(sandbox, name)
  if (!found) throw new AwsError('TableNotFoundException', `Table not found: ${name.name}`)
  return found
}

/** How a table is backed up, in the wire's JSON. */
export function describeBackups(sandbox: Sandbox, { recoverableSince, recoveryDays }: Table) {
  const recovery =
    recoverableSince === undefined
      ? { PointInTimeRecoveryStatus: 'DISABLED' }
      : { PointInTimeRecoveryStatus: 'ENABLED', RecoveryPeriodInDays: recoveryDays, EarliestRestorableDateTime: recoverableSince / 1000, LatestRestorableDateTime: sandbox.now() / 1000 }
  return { ContinuousBackupsDescription: { ContinuousBackupsStatus: 'ENABLED', PointInTimeRecoveryDescription: recovery } }
}
