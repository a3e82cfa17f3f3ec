import { ListRoles$, type ListRolesRequest, type ListRolesResponse } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { page } from '../page'
import { roles } from '../records'
import { shownRole } from '../shapes'

/** The roles under a path, sorted by name. */
export const listRoles = operation<ListRolesRequest, ListRolesResponse>(ListRoles$, {
  resource: ({ account, input }) => `arn:aws:iam::${account}:role${input.PathPrefix ?? '/'}`,
  async run({ sandbox, account, input }) {
    const found = (await sandbox.store.list(roles, account)).map(({ value }) => value).filter(({ path }) => path.startsWith(input.PathPrefix ?? '/'))
    const { items, ...paging } = page(found, ({ roleName }) => roleName, input)
    return { Roles: items.map(shownRole), ...paging }
  },
})
