import { UpdateRole$, type UpdateRoleRequest, type UpdateRoleResponse } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { editEntity, entityArn, entityContext, ROLE } from '../entities'

/** Changes description and longest session of a role. */
export const updateRole = operation<UpdateRoleRequest, UpdateRoleResponse>(UpdateRole$, {
  resource: (call) => entityArn(call, ROLE, call.input.RoleName!),
  context: (call) => entityContext(call, ROLE, call.input.RoleName!),
  async run(call) {
    const { Description, MaxSessionDuration } = call.input
    await editEntity(call, ROLE, call.input.RoleName!, (role) => {
      if (Description !== undefined) role.description = Description
      if (MaxSessionDuration !== undefined) role.maxSessionDuration = MaxSessionDuration
    })
    return {}
  },
})
