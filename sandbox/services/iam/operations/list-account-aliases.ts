import { ListAccountAliases$, type ListAccountAliasesRequest, type ListAccountAliasesResponse } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'

/** The alias of the account. An account of the sandbox has none. */
export const listAccountAliases = operation<ListAccountAliasesRequest, ListAccountAliasesResponse>(ListAccountAliases$, {
  resource: () => '*',
  run: async () => ({ AccountAliases: [], IsTruncated: false }),
})
