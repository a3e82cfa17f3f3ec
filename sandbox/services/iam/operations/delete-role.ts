import { DeleteRole$, type DeleteRoleRequest } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { change, conflict, entityArn, entityContext, requireEntity, requireModifiable, ROLE } from '../entities'
import { profilesOfRole } from '../instance-profiles'
import { roles } from '../records'

/** Deletes a role that has no policies left. Sessions of it are denied from then on. */
export const deleteRole = operation<DeleteRoleRequest, Record<string, never>>(DeleteRole$, {
  resource: (call) => entityArn(call, ROLE, call.input.RoleName!),
  context: (call) => entityContext(call, ROLE, call.input.RoleName!),
  async run(call) {
    const { sandbox, account, input } = call
    return change(call, async () => {
      const role = await requireEntity(sandbox, ROLE, account, input.RoleName!)
      requireModifiable(role)
      if ((await profilesOfRole(call, role.roleName)).length > 0) throw conflict('Cannot delete entity, must remove roles from instance profile first.')
      if (role.attached.length > 0) throw conflict('Cannot delete entity, must detach all policies first.')
      if (Object.keys(role.inline).length > 0) throw conflict('Cannot delete entity, must delete policies first.')
      await sandbox.store.delete(roles, account, role.roleName)
      return {}
    })
  },
})
