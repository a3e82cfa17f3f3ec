import { GetGroup$, type GetGroupRequest, type GetGroupResponse } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { entityArn, GROUP, requireEntity } from '../entities'
import { membersOf } from '../group-members'
import { page } from '../page'
import { shownGroup, shownUser } from '../shapes'

/** A group with a page of its users. */
export const getGroup = operation<GetGroupRequest, GetGroupResponse>(GetGroup$, {
  resource: (call) => entityArn(call, GROUP, call.input.GroupName!),
  async run(call) {
    const group = await requireEntity(call.sandbox, GROUP, call.account, call.input.GroupName!)
    const { items, ...paging } = page(await membersOf(call, group.groupName), ({ userName }) => userName, call.input)
    return { Group: shownGroup(group), Users: items.map(shownUser), ...paging }
  },
})
