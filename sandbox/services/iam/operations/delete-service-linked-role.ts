import { DeleteServiceLinkedRole$, type DeleteServiceLinkedRoleRequest, type DeleteServiceLinkedRoleResponse } from '@aws-sdk/client-iam'
import { randomUUID } from 'node:crypto'
import { operation } from '../../../operation'
import { change, entityArn, entityContext, notFound, requireEntity, ROLE, SERVICE_LINKED_PATH } from '../entities'
import { roles } from '../records'

/** Deletes a service-linked role. Nothing here depends on one, so that the task is done at once. */
export const deleteServiceLinkedRole = operation<DeleteServiceLinkedRoleRequest, DeleteServiceLinkedRoleResponse>(DeleteServiceLinkedRole$, {
  resource: (call) => entityArn(call, ROLE, call.input.RoleName!),
  context: (call) => entityContext(call, ROLE, call.input.RoleName!),
  async run(call) {
    const { sandbox, account, input } = call
    return change(call, async () => {
      const role = await requireEntity(sandbox, ROLE, account, input.RoleName!)
      if (!role.path.startsWith(SERVICE_LINKED_PATH)) throw notFound(`The role with name ${role.roleName} is not a service-linked role.`)
      await sandbox.store.delete(roles, account, role.roleName)
      return { DeletionTaskId: `task${role.path}${role.roleName}/${randomUUID()}` }
    })
  },
})
