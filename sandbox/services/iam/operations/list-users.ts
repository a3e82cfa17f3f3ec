import { ListUsers$, type ListUsersRequest, type ListUsersResponse } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { page } from '../page'
import { users } from '../records'
import { shownUser } from '../shapes'

/** The users under a path, sorted by name. */
export const listUsers = operation<ListUsersRequest, ListUsersResponse>(ListUsers$, {
  resource: ({ account, input }) => `arn:aws:iam::${account}:user${input.PathPrefix ?? '/'}`,
  async run({ sandbox, account, input }) {
    const found = (await sandbox.store.list(users, account)).map(({ value }) => value).filter(({ path }) => path.startsWith(input.PathPrefix ?? '/'))
    const { items, ...paging } = page(found, ({ userName }) => userName, input)
    return { Users: items.map(shownUser), ...paging }
  },
})
