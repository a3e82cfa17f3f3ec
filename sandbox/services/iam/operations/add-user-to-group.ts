import { AddUserToGroup$, type AddUserToGroupRequest } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { editEntity, entityArn, GROUP, overLimit, requireEntity, USER } from '../entities'

/** IAM quotas, "Groups an IAM user can be a member of". */
const MOST_GROUPS = 10

/** Puts a user into a group, whose policies then count for the user; again makes no difference. */
export const addUserToGroup = operation<AddUserToGroupRequest, Record<string, never>>(AddUserToGroup$, {
  resource: (call) => entityArn(call, GROUP, call.input.GroupName!),
  async run(call) {
    const { sandbox, account, input } = call
    await editEntity(call, USER, input.UserName!, async (user) => {
      const { groupName } = await requireEntity(sandbox, GROUP, account, input.GroupName!)
      const before = user.groups ?? []
      if (before.includes(groupName)) return
      if (before.length >= MOST_GROUPS) throw overLimit(`Cannot exceed quota for GroupsPerUser: ${MOST_GROUPS}`)
      user.groups = [...before, groupName]
    })
    return {}
  },
})
