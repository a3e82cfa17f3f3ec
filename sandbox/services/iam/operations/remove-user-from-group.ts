import { RemoveUserFromGroup$, type RemoveUserFromGroupRequest } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { editEntity, entityArn, GROUP, notFound, requireEntity, USER } from '../entities'

/** Takes a user out of a group. */
export const removeUserFromGroup = operation<RemoveUserFromGroupRequest, Record<string, never>>(RemoveUserFromGroup$, {
  resource: (call) => entityArn(call, GROUP, call.input.GroupName!),
  async run(call) {
    const { sandbox, account, input } = call
    await editEntity(call, USER, input.UserName!, async (user) => {
      const { groupName } = await requireEntity(sandbox, GROUP, account, input.GroupName!)
      if (!user.groups?.includes(groupName)) throw notFound(`User ${user.userName} is not in group ${groupName}.`)
      user.groups = user.groups.filter((one) => one !== groupName)
    })
    return {}
  },
})
