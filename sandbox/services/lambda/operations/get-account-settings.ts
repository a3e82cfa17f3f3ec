import { GetAccountSettings$, type GetAccountSettingsRequest, type GetAccountSettingsResponse } from '@aws-sdk/client-lambda'
import { operation } from '../../../operation'
import { scopeOf } from '../../../store'
import { ACCOUNT_CONCURRENCY } from '../account-limits'
import { TOTAL_CODE_SIZE } from '../code'
import { allVersions, listRecords } from '../functions'
import { layers, newestFirst } from '../layer-records'
import { LARGEST_UNZIPPED, LARGEST_ZIP } from '../unzip'

/** Tells the account's limits in a region and how much of them is used. */
export const getAccountSettings = operation<GetAccountSettingsRequest, GetAccountSettingsResponse>(GetAccountSettings$, {
  resource: () => '*',
  async run(call) {
    const records = await listRecords(call.sandbox, call)
    const layerVersions = (await call.sandbox.store.list(layers, scopeOf(call))).flatMap(({ value }) => newestFirst(value))
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
        TotalCodeSize: [...records.flatMap(allVersions), ...layerVersions].reduce((sum, { code }) => sum + code.size, 0),
        FunctionCount: records.length,
      },
    }
  },
})
