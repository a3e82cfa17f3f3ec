import { DeleteGroup$, type DeleteGroupRequest } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { change, conflict, entityArn, GROUP, requireEntity } from '../entities'
import { membersOf } from '../group-members'
import { groups } from '../records'

/** Deletes a group that has neither users nor policies left. */
export const deleteGroup = operation<DeleteGroupRequest, Record<string, never>>(DeleteGroup$, {
  resource: (call) => entityArn(call, GROUP, call.input.GroupName!),
  async run(call) {
    const { sandbox, account, input } = call
    return change(call, async () => {
      const group = await requireEntity(sandbox, GROUP, account, input.GroupName!)
      if ((await membersOf(call, group.groupName)).length > 0) throw conflict('Cannot delete entity, must remove users from group first.')
      if (group.attached.length > 0) throw conflict('Cannot delete entity, must detach all policies first.')
      if (Object.keys(group.inline).length > 0) throw conflict('Cannot delete entity, must delete policies first.')
      await sandbox.store.delete(groups, account, group.groupName)
      return {}
    })
  },
})
