import { GetAccountAuthorizationDetails$, type GetAccountAuthorizationDetailsRequest, type GetAccountAuthorizationDetailsResponse } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { accountDetails } from '../account-details'
import { page } from '../page'

/** All users, groups, roles and policies of the account with what holds them together, a page over all of them. */
export const getAccountAuthorizationDetails = operation<GetAccountAuthorizationDetailsRequest, GetAccountAuthorizationDetailsResponse>(GetAccountAuthorizationDetails$, {
  resource: () => '*',
  async run(call) {
    const { items, ...paging } = page(await accountDetails(call, call.input.Filter ?? []), ({ arn }) => arn, call.input)
    return {
      UserDetailList: items.flatMap(({ user }) => user ?? []),
      GroupDetailList: items.flatMap(({ group }) => group ?? []),
      RoleDetailList: items.flatMap(({ role }) => role ?? []),
      Policies: items.flatMap(({ policy }) => policy ?? []),
      ...paging,
    }
  },
})
