import { ListGroupsForUser$, type ListGroupsForUserRequest, type ListGroupsForUserResponse } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { entityArn, entityContext, requireEntity, USER } from '../entities'
import { groupsOf } from '../held-policies'
import { page } from '../page'
import { shownGroup } from '../shapes'

/** The groups that a user is in, sorted by name. */
export const listGroupsForUser = operation<ListGroupsForUserRequest, ListGroupsForUserResponse>(ListGroupsForUser$, {
  resource: (call) => entityArn(call, USER, call.input.UserName!),
  context: (call) => entityContext(call, USER, call.input.UserName!),
  async run(call) {
    const user = await requireEntity(call.sandbox, USER, call.account, call.input.UserName!)
    const found = (await groupsOf(call.sandbox, call.account, user)).sort((a, b) => (a.groupName < b.groupName ? -1 : 1))
    const { items, ...paging } = page(found, ({ groupName }) => groupName, call.input)
    return { Groups: items.map(shownGroup), ...paging }
  },
})
