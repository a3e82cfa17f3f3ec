import { UpdateRoleDescription$, type UpdateRoleDescriptionRequest, type UpdateRoleDescriptionResponse } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { editEntity, entityArn, entityContext, ROLE } from '../entities'
import { shownRole } from '../shapes'

/** Changes the description of a role. */
export const updateRoleDescription = operation<UpdateRoleDescriptionRequest, UpdateRoleDescriptionResponse>(UpdateRoleDescription$, {
  resource: (call) => entityArn(call, ROLE, call.input.RoleName!),
  context: (call) => entityContext(call, ROLE, call.input.RoleName!),
  async run(call) {
    const role = await editEntity(call, ROLE, call.input.RoleName!, (role) => {
      role.description = call.input.Description!
    })
    return { Role: shownRole(role) }
  },
})
