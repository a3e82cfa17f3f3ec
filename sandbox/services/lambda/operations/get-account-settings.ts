import { GetAccountSettings$, type GetAccountSettingsRequest, type GetAccountSettingsResponse } from '@aws-sdk/client-lambda'
import { operation } from '../../../operation'
import { ACCOUNT_CONCURRENCY } from '../account-limits'
import { storedBytes, TOTAL_CODE_SIZE } from '../code'
import { listRecords } from '../functions'
import { LARGEST_UNZIPPED, LARGEST_ZIP } from '../unzip'

/** Tells the account's limits in a region and how much of them is used. */
export const getAccountSettings = operation<GetAccountSettingsRequest, GetAccountSettingsResponse>(GetAccountSettings$, {
  resource: () => '*',
  async run(call) {
    const records = await listRecords(call.sandbox, call)
    const reserved = records.reduce((sum, record) => sum + (record.reservedConcurrency ?? 0), 0)
    return {
      AccountLimit: {
        TotalCodeSize: TOTAL_CODE_SIZE,
        CodeSizeUnzipped: LARGEST_UNZIPPED,
        CodeSizeZipped: LARGEST_ZIP,
        ConcurrentExecutions: ACCOUNT_CONCURRENCY,
        UnreservedConcurrentExecutions: ACCOUNT_CONCURRENCY - reserved,
      },
      AccountUsage: {
        TotalCodeSize: await storedBytes(call.sandbox, call),
        FunctionCount: records.length,
      },
    }
  },
})
