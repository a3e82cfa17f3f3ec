import { DeleteUserPermissionsBoundary$, type DeleteUserPermissionsBoundaryRequest } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { entityArn, entityContext, USER } from '../entities'
import { deleteBoundary } from '../entity-policies'

/** Takes the permissions boundary of a user away. */
export const deleteUserPermissionsBoundary = operation<DeleteUserPermissionsBoundaryRequest, Record<string, never>>(DeleteUserPermissionsBoundary$, {
  resource: (call) => entityArn(call, USER, call.input.UserName!),
  context: (call) => entityContext(call, USER, call.input.UserName!),
  async run(call) {
    await deleteBoundary(call, USER, call.input.UserName!)
    return {}
  },
})
