import { ListAccountAliases$, type ListAccountAliasesRequest, type ListAccountAliasesResponse } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { settingsOf } from '../account-settings'
import { page } from '../page'

/** The alias of the account, where it has one. */
export const listAccountAliases = operation<ListAccountAliasesRequest, ListAccountAliasesResponse>(ListAccountAliases$, {
  resource: () => '*',
  async run(call) {
    const { alias } = await settingsOf(call)
    const { items, ...paging } = page(alias === undefined ? [] : [alias], (one) => one, call.input)
    return { AccountAliases: items, ...paging }
  },
})
