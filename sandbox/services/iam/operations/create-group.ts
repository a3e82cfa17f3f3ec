import { CreateGroup$, type CreateGroupRequest, type CreateGroupResponse } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { uniqueId } from '../../../credentials'
import { arnOf, change, pathOf, requireFreeName } from '../entities'
import { groups, type Group } from '../records'
import { shownGroup } from '../shapes'

/** Makes a group, which has nobody in it yet. */
export const createGroup = operation<CreateGroupRequest, CreateGroupResponse>(CreateGroup$, {
  resource: ({ account, input }) => arnOf(account, 'group', input.Path, input.GroupName!),
  async run(call) {
    const { sandbox, account, input } = call
    return change(call, async () => {
      await requireFreeName(sandbox, groups, account, input.GroupName!, `Group with name ${input.GroupName} already exists.`, 'GroupsPerAccount')
      const group: Group = {
        groupName: input.GroupName!,
        groupId: uniqueId('AGPA'),
        path: pathOf(input.Path),
        arn: arnOf(account, 'group', input.Path, input.GroupName!),
        createdAt: new Date(sandbox.now()).toISOString(),
        tags: [],
        inline: {},
        attached: [],
      }
      await sandbox.store.put(groups, account, group.groupName, group)
      return { Group: shownGroup(group) }
    })
  },
})
