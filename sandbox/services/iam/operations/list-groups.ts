import { ListGroups$, type ListGroupsRequest, type ListGroupsResponse } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { page } from '../page'
import { groups } from '../records'
import { shownGroup } from '../shapes'

/** The groups under a path, sorted by name. */
export const listGroups = operation<ListGroupsRequest, ListGroupsResponse>(ListGroups$, {
  resource: ({ account, input }) => `arn:aws:iam::${account}:group${input.PathPrefix ?? '/'}`,
  async run({ sandbox, account, input }) {
    const found = (await sandbox.store.list(groups, account)).map(({ value }) => value).filter(({ path }) => path.startsWith(input.PathPrefix ?? '/'))
    const { items, ...paging } = page(found, ({ groupName }) => groupName, input)
    return { Groups: items.map(shownGroup), ...paging }
  },
})
