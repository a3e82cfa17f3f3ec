import { AddUserToGroup$, type AddUserToGroupRequest } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { editEntity, entityArn, GROUP, requireEntity, USER } from '../entities'
import { requireRoom } from '../quotas'

/** Puts a user into a group, whose policies then count for the user; again makes no difference. */
export const addUserToGroup = operation<AddUserToGroupRequest, Record<string, never>>(AddUserToGroup$, {
  resource: (call) => entityArn(call, GROUP, call.input.GroupName!),
  async run(call) {
    const { sandbox, account, input } = call
    await editEntity(call, USER, input.UserName!, async (user) => {
      const { groupName } = await requireEntity(sandbox, GROUP, account, input.GroupName!)
      const before = user.groups ?? []
      if (before.includes(groupName)) return
      requireRoom('GroupsPerUser', before.length)
      user.groups = [...before, groupName]
    })
    return {}
  },
})
