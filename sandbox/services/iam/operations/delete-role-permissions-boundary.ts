import { DeleteRolePermissionsBoundary$, type DeleteRolePermissionsBoundaryRequest } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { entityArn, entityContext, ROLE } from '../entities'
import { deleteBoundary } from '../entity-policies'

/** Takes the permissions boundary of a role away. */
export const deleteRolePermissionsBoundary = operation<DeleteRolePermissionsBoundaryRequest, Record<string, never>>(DeleteRolePermissionsBoundary$, {
  resource: (call) => entityArn(call, ROLE, call.input.RoleName!),
  context: (call) => entityContext(call, ROLE, call.input.RoleName!),
  async run(call) {
    await deleteBoundary(call, ROLE, call.input.RoleName!)
    return {}
  },
})
