import { UpdateGroup$, type UpdateGroupRequest } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { arnOf, change, entityArn, GROUP, requireEntity, requireFreeName } from '../entities'
import { membersOf } from '../group-members'
import { groups, users, type Group } from '../records'

/** Gives a group another name or path; its users and policies stay. */
export const updateGroup = operation<UpdateGroupRequest, Record<string, never>>(UpdateGroup$, {
  async resource(call) {
    const { account, input } = call
    const now = await entityArn(call, GROUP, input.GroupName!)
    return input.NewGroupName === undefined && input.NewPath === undefined ? now : [now, arnOf(account, 'group', input.NewPath, input.NewGroupName ?? input.GroupName!)]
  },
  async run(call) {
    const { sandbox, account, input } = call
    return change(call, async () => {
      const group = await requireEntity(sandbox, GROUP, account, input.GroupName!)
      const old = group.groupName
      const name = input.NewGroupName ?? old
      if (name.toLowerCase() !== old.toLowerCase()) await requireFreeName(sandbox, groups, account, name, `Group with name ${name} already exists.`)
      const path = input.NewPath ?? group.path
      const renamed: Group = { ...group, groupName: name, path, arn: arnOf(account, 'group', path, name) }
      const members = await membersOf(call, old)
      await sandbox.store.batch([
        { collection: groups, scope: account, key: old },
        { collection: groups, scope: account, key: name, value: renamed },
        ...members.map((user) => ({ collection: users, scope: account, key: user.userName, value: { ...user, groups: user.groups!.map((one) => (one === old ? name : one)) } })),
      ])
      return {}
    })
  },
})
